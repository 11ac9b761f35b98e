"""A sender's evidence held against ours: the claim, each finding on it, who searched where, what was drafted."""

from typing import ClassVar

from django.db import models


class SendersList(models.Model):
    """A list of sendings that a sender claims, heard at once: a finding a row, kept as it was found."""

    number = models.CharField(max_length=24, unique=True)
    custodian = models.CharField(max_length=40)
    totals = models.JSONField()
    rows = models.JSONField(help_text="one object a row: its place, its claim without any name, its finding")
    left_out = models.JSONField(default=list, help_text="headings that were left out")
    sha256 = models.CharField(max_length=64)
    salt = models.BinaryField(max_length=32, help_text="of the list's commitment in the log")
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return self.number


class Dispute(models.Model):
    """One claim that something was sent to us. The sender's paper lies on the shelf under its hash, where it gave one."""

    number = models.CharField(max_length=24, unique=True)
    custodian = models.CharField(max_length=40)
    claim = models.JSONField(help_text="what was read or typed: no name, birth date or number of a person")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the sender's paper; empty for a claim typed in")
    salt = models.BinaryField(max_length=32, help_text="of the paper's commitment in the log")
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return self.number


class Finding(models.Model):
    """What our records said of a claim at an hour. A later find adds another that names the one it reopens."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="findings")
    version = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=60)
    sentence = models.TextField()
    body = models.JSONField(help_text="the whole finding, as `lodged dispute --json` shows it")
    to_search = models.JSONField(help_text="every place to be searched before anybody may say that nothing came")
    reopens = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reopened_by")
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["dispute", "version"]
        constraints = [models.UniqueConstraint(fields=["dispute", "version"], name="one_finding_a_version")]

    def __str__(self) -> str:
        return f"{self.dispute} finding {self.version}"


class PlaceSearched(models.Model):
    """Somebody searched one place for what a claim speaks of, and says what was there."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="searches")
    place = models.CharField(max_length=200)
    found = models.BooleanField()
    how = models.CharField(max_length=300)
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        verbose_name_plural = "places searched"
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.finding}: {self.place}"


class Draft(models.Model):
    """A letter or certificate on one finding, as typeset: nothing leaves the house before somebody approved it."""

    class Kind(models.TextChoices):
        """What is drafted."""

        LETTER = "letter", "Finding letter"
        CERTIFICATE = "certificate", "Certificate"
        CORRECTION = "correction", "Correction"

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    version = models.PositiveSmallIntegerField()
    approved_by = models.ForeignKey("staff.User", null=True, on_delete=models.PROTECT, related_name="+")
    denies = models.BooleanField(help_text="whether its words say that something was not received")
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["finding", "kind", "version"]
        constraints = [models.UniqueConstraint(fields=["finding", "kind", "version"], name="one_draft_a_version")]

    def __str__(self) -> str:
        return f"{self.finding}: {self.kind} {self.version}"
