"""What was read: papers within an arrival, and every reading of each, machine's and people's alike."""

from typing import ClassVar

from django.db import models


class Paper(models.Model):
    """One legal paper within an arrival: a form with what came attached, or pages nobody knows."""

    arrival = models.ForeignKey("arrivals.Arrival", on_delete=models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField(help_text="first, second … within the arrival")
    pages = models.JSONField(help_text="page numbers, from 1")

    class Meta:
        ordering: ClassVar[list[str]] = ["arrival", "position"]
        constraints = [models.UniqueConstraint(fields=["arrival", "position"], name="one_paper_a_position")]

    def __str__(self) -> str:
        return f"{self.arrival.number}, paper {self.position}"


class AddresseeSeen(models.Model):
    """A person looked at a paper that seems to be addressed to somebody else, and said why it is dealt with here."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="addressees")
    addressee = models.TextField(help_text="the `To` line as it was read then")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "addressees seen"
        ordering: ClassVar[list[str]] = ["paper", "id"]

    def __str__(self) -> str:
        return f"{self.paper}: addressee seen"


class Quarantine(models.Model):
    """A document that the virus scanner knows: kept and receipted like any other, and not opened."""

    arrival = models.OneToOneField("arrivals.Arrival", on_delete=models.PROTECT, related_name="quarantine")
    known_as = models.CharField(max_length=200, help_text="the scanner's name for it")
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.arrival.number}, held back"

    def newest(self) -> "QuarantineAnswer | None":
        """What a person last said about it."""
        return self.answers.order_by("-id").select_related("by").first()

    def is_released(self) -> bool:
        """Whether a person said that it is to be opened all the same."""
        newest = self.newest()
        return newest is not None and newest.opens


class QuarantineAnswer(models.Model):
    """A person said what is to be done with a document that was held back, and why."""

    quarantine = models.ForeignKey(Quarantine, on_delete=models.PROTECT, related_name="answers")
    opens = models.BooleanField(help_text="opened all the same, or kept shut for good")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["quarantine", "id"]

    def __str__(self) -> str:
        return f"{self.quarantine}: {'released' if self.opens else 'kept shut'}"


class Reading(models.Model):
    """What one paper says, as a machine or a person read it; a correction is a new reading."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="readings")
    version = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=40, blank=True)
    edition = models.CharField(max_length=20, blank=True)
    body = models.JSONField(help_text="fields, boxes, signatures, attachments; each with doubt and place")
    trouble = models.TextField(blank=True, help_text="why the file could not be read, in plain words")
    by = models.ForeignKey("staff.User", null=True, blank=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["paper", "version"]
        constraints = [models.UniqueConstraint(fields=["paper", "version"], name="one_reading_a_version")]

    def __str__(self) -> str:
        return f"{self.paper}, reading {self.version}"
