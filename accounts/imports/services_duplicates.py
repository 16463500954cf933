"""The duplicate check: the one place where a person learns that somebody else holds a unit (12-decisions 2).

It answers only the exact normalised name or the exact credit code, says who holds the unit and nothing more, and does so thirty
times an hour at most; each answer is in the audit.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from accounts.units.rules import credit_code_problem, normalise_credit_code
from kam.audit.models import AuditEntry
from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.search.services import find_by_name, find_by_phone, normalise_name
from kam.settings_rows.selectors import int_setting
from kam.users.models import User

ANSWERS_AN_HOUR = "duplicate_answers_an_hour"
TOLD = "accounts.unit.holder_told"
_LIKE = 5


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What the check found: the unit itself (own scope or another's), and own units that look alike."""

    same: KeyAccount | None = None
    is_own: bool = False
    holder: str = ""
    team: str = ""
    alike: tuple[KeyAccount, ...] = ()


def may_tell(by: User) -> bool:
    """Say whether this person has answers left within the hour."""
    since = timezone.now() - timedelta(hours=1)
    limit = int_setting(ANSWERS_AN_HOUR)
    told = AuditEntry.objects.filter(actor=by, act=TOLD, at__gt=since).order_by()
    return len(told.values_list("pk", flat=True)[:limit]) < limit


def note_told(unit: KeyAccount, *, by: User) -> None:
    """Write down that `by` was told who holds `unit`."""
    record(TOLD, unit, by=by)


@transaction.atomic
def find_duplicates(*, name: str, credit_code: str = "", phone: str = "", by: User) -> Duplicates:
    """Answer what is typed for a new unit; BusinessError (429) where the hour's answers are used up."""
    User.objects.select_for_update().get(pk=by.pk)
    same = _same(name, credit_code)
    own = KeyAccount.objects.visible_to(by)
    alike = _alike(own, name, phone, same)
    if same is None:
        return Duplicates(alike=alike)
    if own.filter(pk=same.pk).exists():
        return Duplicates(same=same, is_own=True, alike=alike)
    if not may_tell(by):
        raise BusinessError(_("You have asked very often. Try again in an hour."), code="too_often")
    note_told(same, by=by)
    return Duplicates(
        same=same,
        holder=same.owner.name if same.owner else "",
        team=same.team.name if same.team else "",
        alike=alike,
    )


def _same(name: str, credit_code: str) -> KeyAccount | None:
    key = normalise_name(name)
    code = normalise_credit_code(credit_code)
    condition = Q(pk__in=())
    if key:
        condition |= Q(name_key=key)
    if code and not credit_code_problem(code):
        condition |= Q(credit_code=code)
    found = KeyAccount.objects.select_related("owner", "team").filter(condition).order_by("pk").first()
    if found is not None:
        return found
    merged = KeyAccount.everything.filter(merged_into__isnull=False).filter(condition)
    held = merged.order_by("pk").values_list("pk", flat=True)[:1]
    living = KeyAccount.objects.select_related("owner", "team")
    return living.filter(absorbed_ids__contains=list(held)).first() if held else None


def _alike(own: object, name: str, phone: str, same: KeyAccount | None) -> tuple[KeyAccount, ...]:
    condition = Q(pk__in=())
    if len(normalise_name(name)) > 1:
        condition |= find_by_name(name, names=("name", "short_name"))
        condition |= Q(short_name=name.strip())
    if phone:
        condition |= find_by_phone(phone, "phone_key")
    rows = own.filter(condition).exclude(pk=same.pk if same else None)  # type: ignore[attr-defined]  # a queryset of units
    return tuple(rows.order_by("sort_key")[:_LIKE])
