"""Making, renewing and ending the subscription of one's calendar; what it holds is read at the time of reading."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import User
from visits.agenda.calendars import feed_file
from visits.agenda.links import hash_of, new_token
from visits.agenda.models import CalendarFeed
from visits.agenda.permissions import can_subscribe
from visits.agenda.registry import Asked, entries_for
from visits.agenda.rules import feed_span


@transaction.atomic
def renew_feed(user: User) -> str:
    """Make a new link and kill the one before; return its token, which is shown once and kept nowhere."""
    if not can_subscribe(user):
        raise BusinessError(_("This person has no calendar to subscribe to."), code="no_calendar")
    token, now = new_token(), timezone.now()
    locked(User.objects.filter(pk=user.pk)).get()
    feed, made = CalendarFeed.objects.get_or_create(
        user=user, defaults={"token_hash": hash_of(token), "renewed_at": now}
    )
    if not made:
        feed.token_hash, feed.renewed_at, feed.read_at = hash_of(token), now, None
        feed.save(update_fields=["token_hash", "renewed_at", "read_at"])
    record("visits.feed.made" if made else "visits.feed.renewed", feed, by=user)
    return token


@transaction.atomic
def end_feed(user: User) -> None:
    """End the subscription; its link is dead. Twice changes nothing."""
    feed = locked(CalendarFeed.objects.filter(user=user)).first()
    if feed is not None:
        record("visits.feed.ended", feed, by=user)
        feed.delete()


def read_feed(feed: CalendarFeed) -> bytes:
    """Return what the person may see of their own days now, and note that it was read (once an hour at most)."""
    user, now = feed.user, timezone.now()
    if feed.read_at is None or (now - feed.read_at).total_seconds() >= 3600:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)
    asked = Asked(user, (user.pk,), feed_span(business_date()), with_persons=True, leaves_kam=True)
    with override(user.language):
        return feed_file(user, entries_for(asked))
