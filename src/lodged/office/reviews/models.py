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


class CounselsAnswer(models.Model):
    """Counsel answered, in this matter, an act about which the law is contested; the last one for an act counts.

    It settles nothing: the decision stays contested, and this says that a person chose, on what, and why.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="counsels_answers")
    key = models.CharField(max_length=64, help_text="the act, and its item where there is one")
    does = models.BooleanField(help_text="whether the custodian will do it")
    cite = models.CharField(max_length=200, help_text="what counsel stands on; it leaves the house with the answer")
    note = models.TextField(help_text="why; it stays in the house")
    basis = models.JSONField(help_text="what the contested decision stood on: when that moves, counsel is asked again")
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["matter", "id"]

    def __str__(self) -> str:
        return f"{self.matter}: {self.key} {'will' if self.does else 'will not'} be done"
