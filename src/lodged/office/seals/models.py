"""The log as the office keeps it: entries with their salts, the hashes of the tree, the signed heads and who saw them."""

from django.db import models


class Entry(models.Model):
    """One event in the log: the leaf commits to it, the event and its salts are kept beside it."""

    index = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    event = models.BinaryField(help_text="canonical JSON (RFC 8785), exactly the bytes that were hashed")
    salt = models.BinaryField(max_length=32)
    leaf = models.BinaryField(max_length=32, help_text="SHA-256 of salt and event")
    openings = models.JSONField(default=dict, help_text="field -> salt (hex) of the values the event holds salted")

    class Meta:
        indexes = [models.Index(fields=["kind", "at"], name="entry_kind_at")]  # reports count a kind over a period

    def __str__(self) -> str:
        return f"entry {self.index}: {self.kind}"


class Node(models.Model):
    """The hash of one complete subtree: level 0 are leaves, RFC 6962 section 2.1."""

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_hash_a_node")]

    def __str__(self) -> str:
        return f"node {self.level}/{self.index}"


class Checkpoint(models.Model):
    """A signed head of the log (C2SP tlog-checkpoint), kept as the note that was signed."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"checkpoint of {self.size}"


class Receipt(models.Model):
    """What the filer takes home: made from the log alone, so it can be made again to the byte."""

    number = models.CharField(max_length=24, unique=True, help_text="the arrival's own number")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT)
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"receipt {self.number}"


class WitnessedReceipt(models.Model):
    """The second receipt of the same number, made once outside witnesses have cosigned a head with its entry."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="witnessed_receipt")
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT)
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"witnessed receipt of entry {self.entry_id}"


class Outcome(models.TextChoices):
    """What came of asking a witness."""

    COSIGNED = "cosigned", "cosigned"
    STALE = "stale", "saw another size last"
    REFUSED = "refused", "refused"
    UNREACHABLE = "unreachable", "not reached"


class WitnessAnswer(models.Model):
    """One answer of one witness about one head, in the witness's own words; none is ever passed over."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="answers")
    witness = models.CharField(max_length=200, help_text="its name in the policy")
    vkey = models.TextField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    status = models.PositiveSmallIntegerField(null=True, help_text="of HTTP; null where nobody answered")
    words = models.TextField(blank=True, help_text="what the witness said, made visible")
    why = models.TextField(blank=True, help_text="what that means")
    saw = models.PositiveBigIntegerField(null=True, help_text="the size that it says it saw last")
    line = models.TextField(blank=True, help_text="its cosignature, as a line of the note")

    class Meta:
        indexes = [
            models.Index(fields=["witness", "-id"], name="answer_witness"),  # what did this one say last?
            models.Index(fields=["outcome", "-checkpoint"], name="answer_outcome"),  # the newest head that was cosigned
        ]

    def __str__(self) -> str:
        return f"{self.witness} on {self.checkpoint_id}: {self.outcome}"


class Stamp(models.Model):
    """That an authority outside vouches for the time of a signed head (RFC 3161), the answer kept as it came."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="stamps")
    renewal = models.BooleanField(default=False, help_text="it covers the chain of stamps before it, too")
    authority = models.TextField(help_text="the address that was asked")
    at = models.DateTimeField(help_text="by our clock")
    time = models.DateTimeField(help_text="by the authority's")
    until = models.DateTimeField(help_text="when the authority's certificate ends")
    answer = models.BinaryField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)

    class Meta:
        indexes = [models.Index(fields=["renewal", "-at"], name="stamp_renewal_at")]  # is one due?

    def __str__(self) -> str:
        return f"stamp of {self.checkpoint_id}"


class Expungement(models.Model):
    """That the salts of some entries' values were destroyed, who ordered it and who did it; nothing opens them again."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    at = models.DateTimeField()
    ordered_by = models.CharField(max_length=200, help_text="the court or official")
    reference = models.CharField(max_length=200, help_text="the order's number")
    ordered_on = models.DateField()
    done_by = models.ForeignKey("staff.User", on_delete=models.PROTECT)
    entries = models.JSONField(help_text="the indexes of the entries whose values are closed")
    values = models.PositiveIntegerField(help_text="how many salts were destroyed")

    def __str__(self) -> str:
        return f"expungement of {self.values} values"
