"""Sessions of a person: seen, ended one by one, ended all at once."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from kam.audit.services import record
from kam.people.models import SessionRecord
from kam.users.models import User


def note_session(user: User, session_key: str, *, ip: str, agent: str, now: datetime) -> None:
    """Remember that this browser was seen, once a minute at most."""
    SessionRecord.objects.update_or_create(
        session_key=session_key,
        defaults={"user": user, "seen_at": now, "ip": ip, "agent": agent[:200]},
        create_defaults={
            "user": user,
            "started_at": now,
            "seen_at": now,
            "ip": ip,
            "agent": agent[:200],
        },
    )


@transaction.atomic
def end_session(session: SessionRecord, *, by: User) -> None:
    """Sign that browser out."""
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()
    record("people.session.ended", session.user, by=by)


@transaction.atomic
def end_sessions(user: User, *, by: User | None, keep: str = "") -> int:
    """Sign all browsers of a person out, but the one named by `keep`; return how many."""
    records = SessionRecord.objects.filter(user=user).exclude(session_key=keep)
    keys = list(records.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    records.delete()
    if keys:
        record("people.sessions.ended", user, by=by, changes={"count": (None, len(keys))})
    return len(keys)


def forget_session(session_key: str) -> None:
    """Drop the record of a session that ended by itself or by signing out."""
    SessionRecord.objects.filter(session_key=session_key).delete()


def forget_old_sessions(*, before: datetime) -> int:
    """Delete records of sessions that cannot be alive any more."""
    deleted, _models = SessionRecord.objects.filter(seen_at__lt=before).delete()
    return deleted
