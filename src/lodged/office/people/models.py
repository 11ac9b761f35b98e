"""Who is or was in custody, as the roster says, and what was found for each reading."""

from typing import ClassVar

from django.db import models


class Person(models.Model):
    """One booking of the custodian's roster; an empty cell of the roster is None: not known."""

    custodian = models.CharField(max_length=40)
    booking_no = models.CharField(max_length=40)
    last = models.CharField(max_length=120, null=True, blank=True)
    first = models.CharField(max_length=120, null=True, blank=True)
    middle = models.CharField(max_length=120, null=True, blank=True)
    dob = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=12, null=True, blank=True)
    a_number = models.CharField(max_length=20, null=True, blank=True)
    fbi = models.CharField(max_length=20, null=True, blank=True)
    state_id = models.CharField(max_length=20, null=True, blank=True)
    booked_at = models.DateTimeField(null=True, blank=True)
    arrested_on = models.DateField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    imported_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="when an import last said something else than before")

    class Meta:
        verbose_name_plural = "people"
        ordering: ClassVar[list[str]] = ["custodian", "booking_no"]
        constraints = [models.UniqueConstraint(fields=["custodian", "booking_no"], name="one_person_a_booking")]

    def __str__(self) -> str:
        return self.booking_no


class Roster(models.Model):
    """One import of a custodian's roster; the newest is the one that papers must have been searched against."""

    custodian = models.CharField(max_length=40)
    bookings = models.PositiveIntegerField()
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["custodian", "id"]

    def __str__(self) -> str:
        return f"{self.custodian}, {self.at:%Y-%m-%d %H:%M}"


class Search(models.Model):
    """A reading was held against a roster; the match it made, or left standing, is the newest of that reading."""

    reading = models.ForeignKey("readings.Reading", on_delete=models.PROTECT, related_name="searches")
    roster = models.ForeignKey(Roster, null=True, on_delete=models.PROTECT, related_name="searches")
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "searches"
        ordering: ClassVar[list[str]] = ["reading", "id"]

    def __str__(self) -> str:
        return f"{self.reading} against {self.roster}"


class Match(models.Model):
    """Who a reading is about, as far as anybody has got; every step is a new match, none is changed."""

    class State(models.TextChoices):
        """How far the question has come."""

        CANDIDATE = "candidate", "Candidates found; nobody has chosen"
        CHOSEN = "chosen", "One person has chosen; a second must choose"
        SAME = "same", "Two people chose the same person"
        DIFFER = "differ", "Two people chose differently"
        NOBODY = "nobody", "A clerk found nobody in custody"
        NOT_KNOWN = "not_known", "No candidate; a clerk must look"

    reading = models.ForeignKey("readings.Reading", on_delete=models.PROTECT, related_name="matches")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT)
    candidates = models.JSONField(default=list, help_text="booking, rank, reasons, alarms, identifiers agreeing")
    compared = models.CharField(max_length=40, blank=True, help_text="an identifier compared by hand")
    by = models.ForeignKey("staff.User", null=True, blank=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        verbose_name_plural = "matches"
        ordering: ClassVar[list[str]] = ["reading", "version"]
        constraints = [models.UniqueConstraint(fields=["reading", "version"], name="one_match_a_version")]

    def __str__(self) -> str:
        return f"{self.reading}, match {self.version}: {self.state}"
