"""Attempts to sign in: counted in PostgreSQL, slowed down, never locked for good (R-35)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q
from django.utils import timezone

from kam.audit.services import record
from kam.people import rules
from kam.people.models import LoginAttempt
from kam.users.models import User

#: Wrong passwords for one account from one address: the fifth costs a minute, each further one doubles.
ACCOUNT_FREE, ACCOUNT_FIRST, ACCOUNT_MOST = 5, timedelta(minutes=1), timedelta(hours=1)
#: Wrong passwords from one address, whatever the account.
ADDRESS_FREE, ADDRESS_FIRST, ADDRESS_MOST = 30, timedelta(minutes=1), timedelta(minutes=30)
#: Wrong passwords anywhere: from here on, addresses nobody ever signed in from wait until it calms down.
EVERYWHERE_FREE, EVERYWHERE_WAIT = 500, timedelta(minutes=1)
WINDOW = timedelta(hours=24)
CALM_WINDOW = timedelta(minutes=10)
KNOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Too many wrong passwords: how many, and when the next attempt is looked at."""

    failures: int
    until: datetime


def account_key(login: str) -> str:
    """Return the keyed hash under which attempts for an account are counted, the same for staff number and e-mail."""
    text = login.strip().lower()
    user = User.objects.filter(Q(staff_number__iexact=text) | Q(email__iexact=text, email__gt="")).first()
    name = f"user {user.pk}" if user else f"text {text}"
    return hmac.new(settings.SECRET_KEY.encode(), name.encode(), hashlib.sha256).hexdigest()


def refusal_for(account: str, ip: str, *, now: datetime) -> Refusal | None:
    """Return why this attempt is not looked at now, or None. Unknown accounts are counted like known ones."""
    found = [
        refusal
        for refusal in (_for_account(account, ip, now), _for_address(ip, now), _for_everybody(ip, now))
        if refusal is not None and refusal.until > now
    ]
    return max(found, key=lambda refusal: refusal.until, default=None)


def _for_account(account: str, ip: str, now: datetime) -> Refusal | None:
    attempts = LoginAttempt.objects.filter(account=account, ip=ip, at__gt=now - WINDOW)
    last_success = attempts.filter(succeeded=True).aggregate(at=Max("at"))["at"]
    failed = attempts.filter(succeeded=False)
    if last_success:
        failed = failed.filter(at__gt=last_success)
    counted = failed.aggregate(count=Count("id"), last=Max("at"))
    return _refusal(counted["count"], counted["last"], ACCOUNT_FREE, ACCOUNT_FIRST, ACCOUNT_MOST)


def _for_address(ip: str, now: datetime) -> Refusal | None:
    counted = LoginAttempt.objects.filter(ip=ip, succeeded=False, at__gt=now - timedelta(hours=1)).aggregate(
        count=Count("id"), last=Max("at")
    )
    return _refusal(counted["count"], counted["last"], ADDRESS_FREE, ADDRESS_FIRST, ADDRESS_MOST)


def _for_everybody(ip: str, now: datetime) -> Refusal | None:
    failures = LoginAttempt.objects.filter(succeeded=False, at__gt=now - CALM_WINDOW).count()
    if failures < EVERYWHERE_FREE:
        return None
    if LoginAttempt.objects.filter(ip=ip, succeeded=True, at__gt=now - KNOWN_FOR).exists():
        return None
    return Refusal(failures, now + EVERYWHERE_WAIT)


def _refusal(
    failures: int, last: datetime | None, free: int, first: timedelta, most: timedelta
) -> Refusal | None:
    wait = rules.wait_after(failures, free=free, first=first, most=most)
    return Refusal(failures, last + wait) if last and wait else None


def record_failure(account: str, ip: str, *, user: User | None) -> LoginAttempt:
    """Count a wrong password or an unknown account, and remember it in the audit."""
    attempt = LoginAttempt.objects.create(
        at=timezone.now(), account=account, ip=ip, succeeded=False, user=user
    )
    record("people.login.failed", user or attempt, by=None)
    return attempt


def record_success(user: User, ip: str) -> LoginAttempt:
    """Forget the failures of this account at this address, and remember who came in."""
    attempt = LoginAttempt.objects.create(
        at=timezone.now(), account=account_key(user.staff_number), ip=ip, succeeded=True, user=user
    )
    record("people.login.succeeded", user, by=user)
    return attempt


def forget_old_attempts(*, now: datetime) -> int:
    """Delete attempts that no limit looks at any more; who failed when stays in the audit."""
    deleted, _models = LoginAttempt.objects.filter(at__lt=now - KNOWN_FOR).delete()
    return deleted


def forget_expired_counters(*, now: datetime) -> int:
    """Delete counters of guesses that nobody counts by any more: the cache itself does so only when it is full."""
    with connection.cursor() as cursor:
        cursor.execute("delete from kam_cache where expires < %s", [now])
        return int(cursor.rowcount)
