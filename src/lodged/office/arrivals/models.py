"""A paper that came: what, how and when; its bytes lie beside the database under their own hash."""

from django.db import models


class Channel(models.TextChoices):
    """The ways a paper can come."""

    FAX = "fax", "Fax"
    COUNTER = "counter", "Counter"
    PORTAL = "portal", "Portal"


class Arrival(models.Model):
    """One call, one message, one paper handed over: always kept, whatever it turns out to be."""

    number = models.CharField(max_length=24, unique=True)
    custodian = models.CharField(max_length=40)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    received_at = models.DateTimeField()
    name = models.CharField(max_length=255, blank=True, help_text="what the sender or the channel called the file")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    salt = models.BinaryField(max_length=32, help_text="of the document's commitment in the log (safeguard 27)")
    claims = models.JSONField(default=dict, help_text="what the sender says of itself, never relied upon")
    evidence = models.JSONField(default=dict, help_text="what our own end of the channel wrote down of it")
    taken_in_by = models.ForeignKey("staff.User", null=True, blank=True, on_delete=models.PROTECT)
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [models.Index(fields=["sha256"], name="arrival_sha256")]  # is this the same document again?

    def __str__(self) -> str:
        return self.number


class Withdrawal(models.Model):
    """The sender took a paper back: its notice is an arrival of its own, and the paper stays as it came."""

    arrival = models.OneToOneField(Arrival, on_delete=models.PROTECT, related_name="withdrawal")
    notice = models.OneToOneField(Arrival, on_delete=models.PROTECT, related_name="withdraws")
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.arrival} withdrawn by {self.notice}"
