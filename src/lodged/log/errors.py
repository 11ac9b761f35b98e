"""What can be wrong with a log and its proofs, as exceptions under one root."""


class LogError(Exception):
    """Something about a log, a proof or a receipt does not hold; the message says what, in plain words."""


class TreeError(LogError):
    """A size, an index or a hash with which no tree can be described."""


class ProofError(LogError):
    """A proof that does not lead where it says it leads."""


class EntryError(LogError):
    """An event, a salt or a value that cannot stand in a log, or that does not open its commitment."""


class KeyFileError(LogError):
    """A key, or the file of a key, that cannot be used."""


class NoteError(LogError):
    """Text that is not a signed note, a checkpoint or a policy as its specification writes it."""


class SignatureError(LogError):
    """A signature that fails, or the want of one by a known key."""


class StoreError(LogError):
    """A path that no tile has, or a tile of the wrong length."""


class HeadError(LogError):
    """The head file forbids what was asked of it; nothing may be signed."""


class HeadFileError(HeadError):
    """The head file is missing, unreadable, or belongs to another log."""


class HeadMovedError(HeadError):
    """The head is no longer where the caller saw it: read it again, then try again."""


class HeadAheadError(HeadError):
    """The head has seen more entries than the tree holds: the records are older than what was signed."""


class HeadForkError(HeadError):
    """Head and tree disagree about entries that both hold: signing would make two logs of one."""


class ReceiptError(LogError):
    """Bytes that are not one whole, unaltered receipt."""


class StampError(LogError):
    """A time stamp does not hold, or none was given."""
