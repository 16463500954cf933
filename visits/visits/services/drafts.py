"""What somebody is typing, kept by the server as well as by the browser."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.core.errors import BusinessError
from kam.users.models import User
from visits.visits.models import Draft

MAX_DRAFTS = 200
MAX_FIELDS = 400
_LONGEST = {name: Draft._meta.get_field(name).max_length or 0 for name in ("kind", "key")}  # type: ignore[union-attr]  # noqa: SLF001 -- _meta is Django's API


@transaction.atomic
def save_draft(kind: str, key: str, body: Mapping[str, Any], *, by: User) -> datetime:
    """Keep what was typed so far; the last saving wins. Returns when it was saved.

    A NUL, which PostgreSQL cannot keep, is left out of the draft; the form itself refuses it when it is sent.
    """
    if len(body) > MAX_FIELDS or len(kind) > _LONGEST["kind"] or len(key) > _LONGEST["key"]:
        raise BusinessError(_("This draft is too long to be kept."), code="too_long")
    now = timezone.now()
    rows = Draft.objects.filter(user=by)
    if not rows.filter(kind=kind, key=key).exists() and rows.count() >= MAX_DRAFTS:
        rows.filter(pk__in=rows.order_by("saved_at").values("pk")[:1]).delete()
    Draft.objects.update_or_create(
        user=by, kind=kind, key=key, defaults={"body": _without_nul(dict(body)), "saved_at": now}
    )
    return now


def _without_nul(value: Any) -> Any:
    match value:
        case str():
            return value.replace("\0", "")
        case list():
            return [_without_nul(one) for one in value]
        case dict():
            return {_without_nul(name): _without_nul(one) for name, one in value.items()}
    return value


def discard_draft(kind: str, key: str, *, by: User) -> None:
    """Forget a draft: it was sent, or is not wanted."""
    Draft.objects.filter(user=by, kind=kind, key=key).delete()
