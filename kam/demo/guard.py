"""Production does not start while a password that everybody knows opens a door (12-decisions, 7)."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kam.demo.selectors import logins_with_the_public_password


def refuse_public_passwords() -> None:
    """Raise ImproperlyConfigured in production where a demo login still has the public password."""
    if settings.LAPTOP:
        return
    logins = logins_with_the_public_password()
    if logins:
        raise ImproperlyConfigured(
            "KAM does not start: the public demo password opens "
            + ", ".join(logins)
            + ". Deactivate these people or give them other passwords."
        )
