"""A person looked at the decisions and the draft, and agreed or sent them back."""

from typing import ClassVar

from django.db import models


class Review(models.Model):
    """One look at one version of a matter's decisions."""

    class Verdict(models.TextChoices):
        """What the reviewer said."""

        AGREED = "agreed", "Agreed"
        SENT_BACK = "sent_back", "Sent back"

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="reviews")
    decision_version = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    choices = models.JSONField(default=dict, help_text="act -> whether it will be done, where the law leaves it open")
    note = models.TextField(blank=True)
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["matter", "at", "id"]

    def __str__(self) -> str:
        return f"{self.matter}: {self.verdict}"
