"""What the frame asks of the demo: is it here, which logins does it offer, do its passwords still work."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.auth.hashers import check_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kam.demo.cast import CAST, PASSWORD
from kam.demo.models import DemoPart
from kam.people.registry import SignInHint
from kam.users.models import User

_ASK_EVERY_SECONDS = 60


@dataclass(slots=True)
class Heard:
    """What this process heard of the demo last, and when by its monotonic clock."""

    at: float = -math.inf
    is_loaded: bool = False


heard = Heard()


def is_loaded() -> bool:
    """Say whether this installation holds demo data."""
    return DemoPart.objects.exists()


def is_loaded_lately() -> bool:
    """The same, at most a minute old: asked on every page, so it must not ask the database each time."""
    if not heard.is_loaded and time.monotonic() - heard.at >= _ASK_EVERY_SECONDS:
        heard.is_loaded, heard.at = is_loaded(), time.monotonic()
    return heard.is_loaded


def banner(request: HttpRequest) -> object:
    """Return the warning above every page, or nothing; the sign-in page says it in its own words."""
    if request.path.startswith("/login/") or not is_loaded_lately():
        return None
    return _("Demo data: everybody here is invented and the passwords are public. Enter no real customers.")


def hints() -> tuple[str, Sequence[SignInHint]]:
    """Return the public password and the logins that the sign-in page offers, those that still work by it."""
    if not is_loaded():
        return "", ()
    numbers = [figure.staff_number for figure in CAST]
    people = {user.staff_number: user for user in User.objects.working().filter(staff_number__in=numbers)}
    return PASSWORD, [
        SignInHint(number, str(people[number].get_position_display()))
        for number in numbers
        if number in people
    ]


def logins_with_the_public_password() -> list[str]:
    """Return the demo's logins that the public password still opens; production refuses to start while there is one."""
    numbers = [figure.staff_number for figure in CAST]
    people = User.objects.working().filter(staff_number__in=numbers)
    return [user.staff_number for user in people if _is_public(user.password)]


@lru_cache(maxsize=256)
def _is_public(encoded: str) -> bool:
    """Hashing is slow on purpose, and the demo's people share one hash: each text is asked once, its answer never changes."""
    return check_password(PASSWORD, encoded)
