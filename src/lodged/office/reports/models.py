"""A count that was published: its period, its figures, and the entries behind each."""

from typing import ClassVar

from django.db import models


class Report(models.Model):
    """One period's counts for one custodian; a period in which nothing came is reported too."""

    custodian = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField()
    figures = models.JSONField(help_text="one row a figure: what, how many, the log entries it opens to")
    nil = models.BooleanField()
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.custodian} {self.since:%Y-%m-%d} to {self.until:%Y-%m-%d}"
