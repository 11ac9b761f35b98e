"""What a visitor typed into a form: trimmed, of a bounded length, without characters that nobody can see."""

from django.http import HttpRequest

LINE = 200


def typed(request: HttpRequest, name: str, most: int = LINE) -> str:
    """One box of a form that was posted; empty where it was left empty or not sent."""
    return visible(request.POST.get(name, ""))[:most].strip()


def visible(text: str) -> str:
    """The text without control characters; line ends stay. No database keeps a NUL, and no reader sees one.

    >>> visible("Ort\\x00ega\\nAida")
    'Ortega\\nAida'
    """
    return "".join(letter for letter in text if letter == "\n" or letter.isprintable()).strip()
