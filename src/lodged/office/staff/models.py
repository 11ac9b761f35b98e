"""A member of the staff, with the role that says what they may do."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """The four kinds of people who work at a records desk."""

    CLERK = "clerk", "Clerk"
    RELEASE_OFFICER = "release_officer", "Release officer"
    COUNSEL = "counsel", "Counsel"
    ADMINISTRATOR = "administrator", "Administrator"


class User(AbstractUser):
    """Somebody who signs in; what they may do follows from the role alone, never from a flag of their own."""

    role = models.CharField(max_length=20, choices=Role.choices, default=Role.CLERK)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["role"]

    class Meta(AbstractUser.Meta):
        verbose_name = "member of staff"

    def __str__(self) -> str:
        return f"{self.get_full_name() or self.username} ({self.get_role_display().lower()})"

    def may(self, deed: str) -> bool:
        """Whether this person's role allows a deed of `staff.deeds`."""
        from_roles = DEEDS[deed]
        return self.is_active and self.role in from_roles


# One table, read aloud: who may do what. A deed that is not here cannot be asked for.
DEEDS: dict[str, frozenset[str]] = {
    "take in papers": frozenset({Role.CLERK, Role.RELEASE_OFFICER, Role.COUNSEL}),
    "see papers": frozenset({Role.CLERK, Role.RELEASE_OFFICER, Role.COUNSEL}),
    "correct readings": frozenset({Role.CLERK, Role.COUNSEL}),
    "choose persons": frozenset({Role.CLERK, Role.RELEASE_OFFICER, Role.COUNSEL}),
    "see decisions": frozenset({Role.CLERK, Role.RELEASE_OFFICER, Role.COUNSEL}),
    "answer questions": frozenset({Role.CLERK, Role.RELEASE_OFFICER, Role.COUNSEL}),
    # Watch lists, criminal history and records that may be sealed: their own permission (safeguard 20).
    "see sensitive facts": frozenset({Role.RELEASE_OFFICER, Role.COUNSEL}),
    "review": frozenset({Role.RELEASE_OFFICER, Role.COUNSEL}),
    "send answers": frozenset({Role.CLERK, Role.RELEASE_OFFICER, Role.COUNSEL}),
    "adopt law": frozenset({Role.COUNSEL}),
    "see disputes": frozenset({Role.CLERK, Role.RELEASE_OFFICER, Role.COUNSEL}),
    "hear disputes": frozenset({Role.CLERK, Role.RELEASE_OFFICER, Role.COUNSEL}),
    "approve findings": frozenset({Role.COUNSEL}),
    "see reports": frozenset({Role.CLERK, Role.RELEASE_OFFICER, Role.COUNSEL, Role.ADMINISTRATOR}),
    "see the log": frozenset({Role.COUNSEL, Role.ADMINISTRATOR}),
    "keep staff": frozenset({Role.ADMINISTRATOR}),
    "keep agencies": frozenset({Role.ADMINISTRATOR}),
}
