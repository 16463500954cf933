"""Tokens are made, used and revoked; a repeated request gets its first answer."""

import hashlib
import secrets
from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kam.api.models import ApiAnswer, ApiToken
from kam.api.problems import ProblemError
from kam.api.registry import all_scopes
from kam.api.rules import is_covered, is_usable, next_pace
from kam.api.terms import KEEP_KEYS, LONGEST_LIFE, MOST_TOKENS, PREFIX
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.locks import hold_name, locked
from kam.core.sentences import sentence
from kam.users.models import User


@transaction.atomic
def make_token(user: User, name: str, scopes: Collection[str], *, expires_on: date) -> tuple[ApiToken, str]:
    """Return the token and its secret, which is never shown again."""
    hold_name(f"api:tokens:{user.pk}")
    today = business_date()
    if not today <= expires_on <= today + timedelta(days=LONGEST_LIFE):
        raise BusinessError(_("Choose a day within a year from today."), code="life", field="expires_on")
    if not scopes or set(scopes) - all_scopes().keys():
        raise BusinessError(_("Choose what it may read."), code="scopes", field="scopes")
    if ApiToken.objects.filter(user=user, revoked_at=None, expires_on__gte=today).count() >= MOST_TOKENS:
        raise BusinessError(_("Ten tokens are enough: revoke one first."), code="many")
    secret = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user=user,
        name=name,
        digest=digest_of(secret),
        tail=secret[-4:],
        scopes=sorted(scopes),
        expires_on=expires_on,
    )
    record("api.token.made", row, by=user, changes={"scopes": (None, ", ".join(row.scopes))})
    return row, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> None:
    """It is refused from now on."""
    row = locked(ApiToken.objects.filter(pk=token.pk)).get()
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        record("api.token.revoked", row, by=by)


def digest_of(secret: str) -> str:
    return hashlib.sha256(f"kam.api.token:{secret}".encode()).hexdigest()


def use_token(secret: str, scope: str) -> User:
    """Return whom a token speaks for; ProblemError where it is unknown, over, too weak or too busy. Counts the use, also of what it is too weak for."""
    row = _count_use(secret)
    if not is_covered(scope, row.scopes):
        raise ProblemError(403, "scope", _("This token may not ask for %(scope)s.") % {"scope": scope})
    return row.user


@transaction.atomic
def _count_use(secret: str) -> ApiToken:
    rows = ApiToken.objects.filter(digest=digest_of(secret)).select_related("user")
    row = locked(rows).first() if secret else None
    if row is None or not is_usable(
        revoked=row.revoked_at is not None,
        expires_on=row.expires_on,
        is_active=row.user.is_active,
        today=business_date(),
    ):
        raise ProblemError(
            401, "unauthorized", _("Send a valid token."), headers={"WWW-Authenticate": 'Bearer realm="kam"'}
        )
    now = timezone.now()
    pace = next_pace(row.minute_began, row.minute_count, now)
    if pace.wait:
        raise ProblemError(
            429, "too_many", _("Too many requests in a minute."), headers={"Retry-After": str(pace.wait)}
        )
    row.used_at, row.minute_began, row.minute_count = now, pace.began, pace.count
    row.save(update_fields=["used_at", "minute_began", "minute_count"])
    return row


@transaction.atomic
def note_read(user: User, name: str, *, after: int, rows: int) -> None:
    """Put rows that a program took into the audit, as files of a list are; nothing where none left."""
    if rows:
        told = {"list": name, "query": f"after={after}", "rows": rows}
        record(
            "api.rows.read", user, by=user, changes={field: (None, value) for field, value in told.items()}
        )


@transaction.atomic
def answer_once(user: User, route: str, key: str, body: bytes, act: Callable[[], Any]) -> Any:
    """Return what `act` answers, or what it answered to the same key before; another body under the same key is refused."""
    hold_name(f"api:{user.pk}:{route}:{key}")
    digest = hashlib.sha256(body).hexdigest()
    before = ApiAnswer.objects.filter(user=user, route=route, key=key).first()
    if before is not None and before.digest != digest:
        raise ProblemError(422, "key_reused", _("This Idempotency-Key was sent with another body."))
    if before is not None:
        return before.answer
    answer = act()
    ApiAnswer.objects.create(user=user, route=route, key=key, digest=digest, answer=answer)
    return answer


def forget_keys() -> str:
    """Forget the keys of requests that nobody repeats any more."""
    old = timezone.now() - timedelta(days=KEEP_KEYS)
    count, _kinds = ApiAnswer.objects.filter(created_at__lt=old).delete()
    return sentence(gettext_noop("%(n)s keys"), n=count)
