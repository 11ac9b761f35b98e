"""What the world may do to a letter while it is being made."""


class LetterError(Exception):
    """The root of everything that can go wrong in making a letter or a receipt."""


class TypesettingError(LetterError):
    """The page could not be set, or came out other than promised."""
