"""The letters: every draft, the one that was agreed to, and how it went out."""

from typing import ClassVar

from django.db import models


class Answer(models.Model):
    """One letter of a matter; a draft names the decisions it stands on, a final one its review too."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField()
    decision_version = models.PositiveSmallIntegerField()
    review = models.ForeignKey("reviews.Review", null=True, blank=True, on_delete=models.PROTECT)
    body = models.BinaryField(help_text="the PDF")
    addressed_to = models.TextField(blank=True, help_text="the directory's address on it, as a person typed it")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["matter", "version"]
        constraints = [models.UniqueConstraint(fields=["matter", "version"], name="one_answer_a_version")]

    def __str__(self) -> str:
        return f"{self.matter}, letter {self.version}"


class Dispatch(models.Model):
    """An answer went out: who sent it, how, to which address of the directory."""

    class Way(models.TextChoices):
        """How a letter leaves by a person's hand."""

        FAX = "fax", "Fax"
        MAIL = "mail", "Mail"
        HAND = "hand", "Handed over"

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="dispatch")
    way = models.CharField(max_length=8, choices=Way.choices)
    to = models.CharField(max_length=200, help_text="the directory's address, never one taken from the paper")
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.answer}: {self.way}"
