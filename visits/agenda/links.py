"""The secret address of a subscription: shown once, kept as a hash. Whoever steals the database has no link."""

import hashlib
import secrets

from django.conf import settings
from django.urls import reverse

from visits.agenda.models import CalendarFeed


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return hashlib.sha256(f"visits.agenda.feed:{token}".encode()).hexdigest()


def address_of(token: str) -> str:
    """Return the whole address to be put into a calendar program."""
    return f"{settings.BASE_URL}{reverse('agenda-feed', args=[token])}"


def feed_of(token: str) -> CalendarFeed | None:
    """Return the subscription of a token; None where it was made up, replaced or ended, or its person has left."""
    rows = CalendarFeed.objects.select_related("user").filter(user__is_active=True)
    return rows.filter(token_hash=hash_of(token)).first()
