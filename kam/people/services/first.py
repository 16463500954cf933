"""The first administrator: made once, by whoever can read what the start of KAM printed, while nobody is there yet."""

from django.conf import settings
from django.core.signing import Signer
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from kam.core.errors import ConflictError
from kam.core.locks import hold_name
from kam.people.services.users import create_user
from kam.users.models import User
from kam.users.terms import Position

_SIGNER = Signer(salt="kam.people.first")


def first_key() -> str:
    """Return the key of the first page; it opens nothing once somebody is there."""
    return _SIGNER.signature("first administrator")[:32]


def is_first_key(key: str) -> bool:
    """Say whether `key` opens the first page: it is the right one, and nobody is there yet."""
    return constant_time_compare(key, first_key()) and is_nobody_there()


def is_nobody_there() -> bool:
    """Say whether KAM has no person at all."""
    return not User.objects.exists()


@transaction.atomic
def make_first_administrator(
    *, staff_number: str, name: str, password: str, email: str = "", language: str = settings.LANGUAGE_CODE
) -> User:
    """Make the administrator who makes all others; of two at the same moment only one is made."""
    hold_name("kam.people.first")
    if not is_nobody_there():
        raise ConflictError(
            _("Somebody is there already: sign in, or ask the administrator."), code="not_first"
        )
    return create_user(
        staff_number=staff_number,
        name=name,
        position=Position.ADMINISTRATOR,
        by=None,
        password=password,
        email=email,
        language=language,
    )
