"""A matter: one paper's business, with what it asks and when things are due."""

from typing import ClassVar

from django.db import models


class Matter(models.Model):
    """What is done about one paper, from its opening on."""

    number = models.CharField(max_length=24, unique=True)
    paper = models.OneToOneField("readings.Paper", on_delete=models.PROTECT, related_name="matter")
    opened_at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["opened_at", "id"]

    def __str__(self) -> str:
        return self.number


class Closing(models.Model):
    """A person closed a paper that is no legal process, or took it up again; the last one counts, and none is changed."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="closings")
    closed = models.BooleanField(help_text="false: taken up again")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["matter", "id"]

    def __str__(self) -> str:
        return f"{self.matter}: {'closed' if self.closed else 'taken up again'}"


class Reckoning(models.Model):
    """The deadlines were worked out on one reading; a corrected paper is reckoned again."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="reckonings")
    reading = models.OneToOneField("readings.Reading", on_delete=models.PROTECT, related_name="reckoning")
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.matter}, on {self.reading}"


class Deadline(models.Model):
    """A moment something is due, with its working; without working it cannot be written."""

    reckoning = models.ForeignKey(Reckoning, on_delete=models.PROTECT, related_name="deadlines")
    what = models.CharField(max_length=120)
    due = models.DateTimeField()
    day_only = models.BooleanField(default=False, help_text="the law or the paper names a day, not an hour")
    conditional = models.CharField(max_length=200, blank=True, help_text="what must happen for it to run at all")
    rule = models.CharField(max_length=40)
    cite = models.CharField(max_length=200)
    working = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["due", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(working=[]), name="a_deadline_shows_its_working")]

    def __str__(self) -> str:
        return f"{self.what}: {self.due:%Y-%m-%d %H:%M}"
