"""Posting: one row now, delivery later by the sweeper. Nothing here talks to a mail server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kam.core.queue import enqueue
from kam.outbox.models import Message, Notice
from kam.outbox.terms import NOTICE_LENGTH, MessageState
from kam.users.models import User


def post(
    *,
    key: str,
    to: User,
    kind: str,
    subject: str,
    text: str,
    html: str = "",
    attachments: Sequence[dict[str, str]] = (),
    resend_when_unsure: bool = False,
) -> Message | None:
    """Put a mail into the outbox; return None where `key` was posted before or the person has no address.

    `attachments` are {"name", "type", "file"} with a stored file's key, or {"name", "type", "source", "id"} with the name of a maker
    registered in `kam.outbox.attachments`; never bytes. The Message-ID is fixed here.
    """
    letter = Letter(key, to, kind, subject, text, html, attachments, resend_when_unsure)
    if not _has_address(to):
        return None
    message, made = Message.objects.get_or_create(key=key, defaults=_columns(letter))
    if made:
        _nudge()
    return message if made else None


def post_outside(
    *,
    key: str,
    on_behalf_of: User,
    address: str,
    kind: str,
    subject: str,
    text: str,
    attachments: Sequence[dict[str, str]] = (),
) -> Message | None:
    """Put a mail to somebody who is no user into the outbox, in the name of one of us; None where `key` was posted before.

    It is not sent any more once that person has left. A link in it is a mark of `kam.outbox.links`.
    """
    letter = Letter(key, on_behalf_of, kind, subject, text, attachments=attachments)
    message, made = Message.objects.get_or_create(key=key, defaults=_columns(letter) | {"address": address})
    if made:
        _nudge()
    return message if made else None


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be posted: see `post`. `late_after`, `late_text` and `not_after` are the digests'."""

    key: str
    to: User
    kind: str
    subject: str
    text: str
    html: str = ""
    attachments: Sequence[dict[str, str]] = ()
    resend_when_unsure: bool = False
    late_after: datetime | None = None
    late_text: str = ""
    not_after: datetime | None = None


def post_many(letters: Sequence[Letter]) -> int:
    """Put many mails into the outbox with one statement; those whose key was posted before, or without address, are left out."""
    rows = [Message(key=letter.key, **_columns(letter)) for letter in letters if _has_address(letter.to)]
    with transaction.atomic():
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        _nudge()
    return len(rows)


def notify_many(notices: Sequence[Notice]) -> None:
    """Put many lines under bells with one statement; keys used before are left out."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def withdraw_planned(*, kind: str = "") -> int:
    """Cancel what waits to be sent, of one kind or all: after a restore, and when the demo story was told."""
    rows = Message.objects.filter(state=MessageState.PLANNED)
    return (rows.filter(kind=kind) if kind else rows).update(
        state=MessageState.CANCELLED, last_error="withdrawn"
    )


def notify(*, key: str, to: User, kind: str, text: str, url: str = "") -> Notice | None:
    """Put a line under a person's bell; return None where `key` was used before."""
    notice, made = Notice.objects.get_or_create(
        key=key, defaults={"to": to, "kind": kind, "text": text[:NOTICE_LENGTH], "url": url}
    )
    return notice if made else None


def _has_address(user: User) -> bool:
    return bool(user.email) and user.is_active


def _columns(letter: Letter) -> dict[str, object]:
    return {
        "to": letter.to,
        "kind": letter.kind,
        "address": letter.to.email,
        "subject": " ".join(letter.subject.split())[:300],
        "text": letter.text,
        "html": letter.html,
        "attachments": list(letter.attachments),
        "resend_when_unsure": letter.resend_when_unsure,
        "message_id": make_msgid(domain="kam.invalid"),
        "next_at": timezone.now(),
        "late_after": letter.late_after,
        "late_text": letter.late_text,
        "not_after": letter.not_after,
    }


def _nudge() -> None:
    """Ask for delivery now; the sweeper comes within a minute anyway."""
    enqueue("outbox.deliver")


def read_before(moment: datetime) -> int:
    """Mark everybody's notices from before `moment` as read, each a working hour after it came; return how many were unread."""
    unread = Notice.objects.unread().filter(created_at__lt=moment)
    return unread.update(read_at=F("created_at") + timedelta(hours=1))


def mark_read(user: User, *, ids: Sequence[int] | None = None) -> int:
    """Mark notices of `user` as read, all of them without `ids`; return how many were unread."""
    unread = Notice.objects.visible_to(user).unread()
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    return unread.update(read_at=timezone.now())
