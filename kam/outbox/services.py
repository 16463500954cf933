"""Posting: one row now, delivery later by the sweeper. Nothing here talks to a mail server."""

from collections.abc import Sequence
from email.utils import make_msgid

from django.utils import timezone

from kam.outbox.models import Message, Notice
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

    `attachments` are {"name", "type", "file"} with a stored file's key, never bytes. The Message-ID is fixed here.
    """
    if not to.email or not to.is_active:
        return None
    message, made = Message.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "kind": kind,
            "address": to.email,
            "subject": subject.replace("\n", " ").replace("\r", " ")[:300],
            "text": text,
            "html": html,
            "attachments": list(attachments),
            "resend_when_unsure": resend_when_unsure,
            "message_id": make_msgid(domain="kam.invalid"),
            "next_at": timezone.now(),
        },
    )
    return message if made else None


def notify(*, key: str, to: User, kind: str, text: str, url: str = "") -> Notice | None:
    """Put a line under a person's bell; return None where `key` was used before."""
    notice, made = Notice.objects.get_or_create(
        key=key, defaults={"to": to, "kind": kind, "text": text[:500], "url": url}
    )
    return notice if made else None
