"""Members of staff come and go."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from axes.utils import reset
from django.db import transaction

from lodged.office.staff.models import Role, User

# Letters and digits that nobody mistakes for one another when reading a password from a terminal.
PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Welcome:
    """A new member of staff and the password that is told once and kept nowhere."""

    user: User
    password: str


def one_time_password() -> str:
    """Sixteen plain characters in groups of four: about 79 bits.

    >>> len(one_time_password())
    19
    """
    return "-".join("".join(secrets.choice(PLAIN) for _ in range(4)) for _ in range(4))


@transaction.atomic
def welcome(username: str, role: Role, name: str, at: datetime) -> Welcome:
    """Take somebody on, or give somebody already here a fresh password; the old one stops working.

    Whoever was locked out for wrong passwords may try the new one at once.
    """
    first, _, last = name.partition(" ")
    user, _ = User.objects.update_or_create(
        username=username, defaults={"role": role, "first_name": first, "last_name": last, "is_active": True}
    )
    if user.date_joined > at:
        user.date_joined = at
    password = one_time_password()
    user.set_password(password)
    user.save()
    reset(username=username)
    return Welcome(user, password)


def leave(user: User) -> None:
    """Somebody stops working here: they can sign in no more, and what they did stays under their name."""
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
