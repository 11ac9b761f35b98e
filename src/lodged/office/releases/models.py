"""Checks made at the release desk, the orders that start its clocks, what counsel signed beforehand, the outage sheets."""

from typing import ClassVar

from django.db import models


class StandingDefault(models.Model):
    """What the desk shows while a question of law or fact stays open, signed by counsel beforehand; the last one counts.

    There is no field for holding: waiting for an answer is no ground to hold anybody (safeguard 9).
    """

    class Word(models.TextChoices):
        """What is done about notice meanwhile."""

        SILENT = "silent", "Do not notify"
        CALL = "call", "Call counsel on call, and do not wait for the answer"

    custodian = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField(help_text="how long a question may stay open before this is shown")
    word = models.CharField(max_length=10, choices=Word.choices)
    tries = models.PositiveSmallIntegerField(help_text="how often a required notice is tried")
    try_minutes = models.PositiveSmallIntegerField(help_text="and for how long at most, from the first try")
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["custodian", "id"]

    def __str__(self) -> str:
        return f"{self.custodian}: after {self.minutes} minutes"


class ReleaseOrder(models.Model):
    """From this moment the person would be free but for a paper; the last word for a booking counts, none is changed."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="release_orders")
    ordered_at = models.DateTimeField(null=True, help_text="empty: taken back")
    source = models.CharField(max_length=200, help_text="how this is known: an order, bail paid, a sentence served")
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["person", "id"]

    def __str__(self) -> str:
        return f"{self.person}: {self.ordered_at}"


class Check(models.Model):
    """Somebody asked at the desk about one person: what was shown, kept and sealed as it was."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="checks")
    shown = models.JSONField(help_text="both lines and the papers behind them, as `stand.Stand.record` gives them")
    open = models.BooleanField(help_text="a question of law or fact was open")
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["person", "id"]
        indexes = [models.Index(fields=["person", "at"], name="check_person_at")]  # since when is a question open?

    def __str__(self) -> str:
        return f"{self.person}, {self.at:%Y-%m-%d %H:%M}"


class Try(models.Model):
    """One try to give a required notice before a release, and what came of it."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="notice_tries")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="notice_tries")
    reached = models.BooleanField()
    how = models.CharField(max_length=200, help_text="the number called, who answered, what was said")
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "tries"
        ordering: ClassVar[list[str]] = ["matter", "id"]

    def __str__(self) -> str:
        return f"{self.matter}: {'reached' if self.reached else 'not reached'}"


class Sheet(models.Model):
    """One numbered copy of the sheet for an outage: printed, and destroyed when the network is back (safeguard 12)."""

    custodian = models.CharField(max_length=40)
    number = models.PositiveIntegerField(unique=True)
    lines = models.JSONField(help_text="booking number, initials, both answers, until when each is good")
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")
    destroyed_by = models.ForeignKey("staff.User", null=True, on_delete=models.PROTECT, related_name="+")
    destroyed_at = models.DateTimeField(null=True)
    destroyed_seal = models.OneToOneField("seals.Entry", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"sheet {self.number}"
