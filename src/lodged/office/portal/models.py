"""The agencies that send papers: who they are, their keys, what they submitted, and where they want to be told."""

from typing import ClassVar

from django.db import models


class Agency(models.Model):
    """One office of the directory. Somebody here spoke with it by a number found elsewhere (safeguard 21)."""

    name = models.CharField(max_length=120)
    domain = models.CharField(max_length=120, help_text="of its own mail, such as `sheriff.example.gov`")
    phone = models.CharField(max_length=40, help_text="from the directory, never from a paper")
    verified_how = models.CharField(max_length=300)
    verified_by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Key(models.Model):
    """A secret that lets one agency submit to one custodian, follow what it submitted, or both; only its hash is kept."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="keys")
    custodian = models.CharField(max_length=40)
    label = models.CharField(max_length=80, help_text="which machine or person at the agency holds it")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the whole key")
    hint = models.CharField(max_length=8, help_text="the first letters of the secret, to tell keys apart by")
    may_submit = models.BooleanField()
    may_follow = models.BooleanField()
    per_hour = models.PositiveIntegerField(default=60, help_text="submissions")
    per_day = models.PositiveIntegerField(default=300, help_text="submissions")
    bytes_per_day = models.PositiveBigIntegerField(default=500_000_000)
    asks_per_minute = models.PositiveIntegerField(default=120, help_text="questions after papers and receipts")
    made_by = models.ForeignKey("staff.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_why = models.CharField(max_length=300, blank=True)
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["agency", "id"]

    def __str__(self) -> str:
        return f"{self.label} ({self.hint}…)"


class Submission(models.Model):
    """One paper that came by a key; the sender's own word for the request makes a second try the same submission."""

    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="submissions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="submissions")
    custodian = models.CharField(max_length=40)
    idempotency_key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 over the document's hash and the fields")
    arrival = models.OneToOneField("arrivals.Arrival", on_delete=models.PROTECT, related_name="submission")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "custodian", "idempotency_key"], name="one_submission_an_idempotency_key"
            )
        ]
        indexes = [models.Index(fields=["key", "at"], name="submission_key_at")]  # how many within the hour, the day?

    def __str__(self) -> str:
        return f"{self.arrival} from {self.agency}"


class Hook(models.Model):
    """An address of an agency that is told of each stage its papers reach."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="hooks")
    custodian = models.CharField(max_length=40)
    url = models.URLField(max_length=300)
    made_by = models.ForeignKey("staff.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(help_text="papers submitted before are not told of")
    ended_at = models.DateTimeField(null=True, blank=True)
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["agency", "id"]

    def __str__(self) -> str:
        return f"{self.agency}: {self.url}"


class Delivery(models.Model):
    """One stage of one paper to be told to one hook; it stays in the queue until it was taken or given up."""

    hook = models.ForeignKey(Hook, on_delete=models.PROTECT, related_name="deliveries")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="deliveries")
    stage = models.CharField(max_length=12)
    event_id = models.CharField(max_length=32, unique=True, help_text="the same at every try")
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True, help_text="null: taken, or given up")
    taken_at = models.DateTimeField(null=True, blank=True)
    last = models.CharField(max_length=200, blank=True, help_text="what came of the last try")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["hook", "submission", "stage"], name="each_stage_is_told_once")]
        indexes = [models.Index(fields=["next_at"], name="delivery_next_at")]  # what is due now?

    def __str__(self) -> str:
        return f"{self.stage} of {self.submission} to {self.hook}"
