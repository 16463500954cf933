"""A form sent twice acts once (12-decisions, 30)."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.core.errors import ConflictError
from kam.core.locks import hold_name
from kam.users.models import User
from visits.visits.models import Submission
from visits.visits.rules import body_digest

KEPT_DAYS = 30


class DifferentBodyError(ConflictError):
    """The same key was sent before with other answers; `kept` holds what is stored."""

    def __init__(self, kept: Submission) -> None:
        super().__init__(
            _("This entry was already sent with other answers. Choose which one to keep."), code="other_body"
        )
        self.kept = kept


@transaction.atomic
def send_once(
    act: Callable[[], str],
    *,
    by: User,
    route: str,
    key: UUID,
    body: Mapping[str, Any],
    replace: Callable[[], str] | None = None,
    replaces: str = "",
) -> str:
    """Run `act` unless `key` was sent before by this person on this route; return the address of what it made.

    The same body again: the same address, nothing written. Another body: DifferentBodyError, unless `replaces` is the digest of
    what is stored (the person has seen it): then `replace` runs and the new body is kept.
    """
    hold_name(f"{by.pk}:{route}:{key}")
    digest = body_digest(body)
    kept = Submission.objects.filter(user=by, route=route, key=key).first()
    if kept is None:
        location = act()
        Submission.objects.create(
            user=by, route=route, key=key, digest=digest, body=dict(body), location=location
        )
        return location
    if kept.digest == digest:
        return kept.location
    if replace is None or replaces != kept.digest:
        raise DifferentBodyError(kept)
    kept.location = replace()
    kept.digest, kept.body = digest, dict(body)
    kept.save(update_fields=["location", "digest", "body"])
    return kept.location


@transaction.atomic
def forget_old_submissions() -> int:
    """Delete keys older than thirty days; return how many."""
    deleted, _per_model = Submission.objects.filter(
        created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)
    ).delete()
    return deleted
