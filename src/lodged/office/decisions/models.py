"""What the law said, when, on which facts; which packs counsel has adopted; what counsel added by a form."""

from typing import ClassVar

from django.db import models


class Adoption(models.Model):
    """Counsel adopted one version of one pack for one custodian, by name and date (safeguard 23).

    `text` and `tables` are kept as adopted, so that a later version can be held against it.
    """

    custodian = models.CharField(max_length=40)
    pack = models.CharField(max_length=80)
    version = models.CharField(max_length=64)
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True, help_text="the pack's canonical text; empty where it was not kept")
    tables = models.JSONField(default=dict, help_text="its offence tables by file name")
    seal = models.ForeignKey("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["custodian", "pack", "version"], name="one_adoption_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.pack} {self.version} for {self.custodian}"


class LocalLaw(models.Model):
    """What counsel adopted by a form where no pack says it: a reading of an open question, or a local policy (safeguard 24)."""

    class Kind(models.TextChoices):
        READING = "reading", "Reading"
        POLICY = "policy", "Local policy"

    custodian = models.CharField(max_length=40)
    number = models.PositiveIntegerField(help_text="counts up for each custodian")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.CharField(max_length=60, help_text="a question of law, or an act")
    answer = models.CharField(max_length=20, help_text="a reading, or forbid, require or permit")
    unless = models.CharField(max_length=20, blank=True, help_text="one of `local.EXCEPTIONS`; a policy only")
    citation = models.CharField(max_length=200)
    since = models.DateField(help_text="the first day on which it is in force")
    until = models.DateField(help_text="the first day on which it no longer is")
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["custodian", "number"]
        constraints = [
            models.UniqueConstraint(fields=["custodian", "number"], name="one_local_law_a_number"),
        ]

    def __str__(self) -> str:
        return self.pack

    @property
    def pack(self) -> str:
        """The name under which decisions cite it."""
        return f"local/{self.custodian}/{self.number}"


class Withdrawal(models.Model):
    """Counsel withdrew a reading or a local policy: from that day on it is no longer in force."""

    law = models.OneToOneField(LocalLaw, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.law} withdrawn"


class FactAnswer(models.Model):
    """Somebody answered what the machine could not know; a later answer replaces an earlier one."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="fact_answers")
    fact = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    source = models.CharField(max_length=200, help_text="how the person knows")
    by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    at = models.DateTimeField()
    seal = models.OneToOneField("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["matter", "at", "id"]

    def __str__(self) -> str:
        return f"{self.matter}: {self.fact}"


class Decision(models.Model):
    """The law's answer about one act, on a named reading, match and set of facts."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="decisions")
    reading = models.ForeignKey("readings.Reading", on_delete=models.PROTECT)
    match = models.ForeignKey("people.Match", on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField(help_text="all acts decided together share one")
    act = models.CharField(max_length=20)
    item = models.CharField(max_length=40, blank=True, help_text="what is asked for, where the act needs it")
    effect = models.CharField(max_length=12)
    candidate = models.BooleanField(help_text="facts of a person nobody has confirmed took part")
    adopted = models.BooleanField(help_text="counsel had adopted every pack used")
    facts = models.JSONField(help_text="one row a fact: fact, value, source, place")
    body = models.JSONField(help_text="the decision as the engine gave it; it never leaves the house")
    cites = models.JSONField(
        default=list, help_text="the citations that may leave with the effect, as the gate gave them"
    )
    basis = models.JSONField(
        help_text="what it stands on: answers, law and custody record, as `decisions.basis` names them"
    )
    at = models.DateTimeField()
    seal = models.ForeignKey("seals.Entry", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar[list[str]] = ["matter", "version", "id"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "version", "act", "item"], name="one_decision_an_act"),
        ]

    def __str__(self) -> str:
        return f"{self.matter}: {self.act} {self.effect}"
