"""How fields find units: by any part of the name, by sound, by code; the whole name or code names one."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from accounts.units.models import KeyAccount
from accounts.units.rules import normalise_credit_code
from accounts.units.tables import search_units
from kam.search.registry import Pick
from kam.search.services import normalise_name
from kam.users.models import User


def unit_pick(
    key: str,
    rows: Callable[[Any, str], QuerySet[KeyAccount]],
    *,
    order: tuple[Any, ...] = (),
    whose: Callable[[Any, str], int] = lambda user, _within: user.pk,
) -> Pick:
    """Return the pick of some units; those of `whose(user, within)` first, then in `order`, by name unless told."""

    def lean(user: Any, within: str) -> QuerySet[KeyAccount]:
        return (
            rows(user, within)
            .select_related("owner")
            .defer("bigrams", "pinyin", "initials", "owner__password")
        )

    def search(found: QuerySet[KeyAccount], text: str) -> QuerySet[KeyAccount]:
        fitting = search_units(found, text) if text else found
        return fitting.order_by(*order, "sort_key", "id")

    def own(found: QuerySet[KeyAccount], user: Any, within: str) -> QuerySet[KeyAccount]:
        return found.filter(owner_id=whose(user, within))

    return Pick(key, lean, search, units_called, lambda unit: str(unit.name), _note, own=own)


def units_called(rows: QuerySet[KeyAccount], text: str) -> QuerySet[KeyAccount]:
    """Return the units with this whole name, short name, credit code or file number, or "name (code)"."""
    name, _bracket, code = text.rstrip(")）").replace("（", "(").rpartition("(")
    codes = [spelling for spelling in (normalise_credit_code(text), normalise_credit_code(code)) if spelling]
    found = Q(name_key__in=[key for key in (normalise_name(text), normalise_name(name)) if key])
    found |= Q(short_name=text) | Q(file_number=text)
    return rows.filter(found | Q(credit_code__in=codes)).order_by("sort_key", "id")


def visible_units(user: User, _within: str) -> QuerySet[KeyAccount]:
    return KeyAccount.objects.visible_to(user)


def _note(unit: Any) -> str:
    parts = (unit.credit_code or unit.file_number, unit.tier, unit.owner.name if unit.owner else "")
    return " · ".join(part for part in parts if part)
