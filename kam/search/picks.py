"""How fields find people: by name, sound, staff number."""

from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from kam.search.registry import Pick
from kam.search.rules import fold, pinyin_keys


def find_people(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Return people with this part in their name or at the beginning of their number, or who sound like it."""
    ordered = rows.order_by("name", "staff_number")
    if not text:
        return ordered
    condition = Q(name__icontains=text) | Q(staff_number__istartswith=text)
    if text.isascii():
        condition |= Q(
            pk__in=[pk for pk, name in rows.values_list("pk", "name") if _sounds_like(name, fold(text))]
        )
    return ordered.filter(condition)


def people_called(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Return people with this whole name, staff number or address, or "name (number)"."""
    name, _bracket, number = text.rstrip(")）").replace("（", "(").rpartition("(")
    named = Q(name=name.strip(), staff_number__iexact=number.strip()) if name else Q(pk__in=())
    return rows.filter(named | Q(name=text) | Q(staff_number__iexact=text) | Q(email__iexact=text)).order_by(
        "name"
    )


def person_note(user: Any) -> str:
    return f"{user.staff_number} · {user.get_position_display()}"


def people_pick(key: str, rows: Any) -> Pick:
    """Return the pick of some colleagues; rooms use it for those a form of theirs offers."""
    return Pick(
        key,
        rows,
        find_people,
        people_called,
        lambda user: str(user.name),
        person_note,
        lambda user: str(user.staff_number),
    )


def _sounds_like(name: str, text: str) -> bool:
    return any(spelling.startswith(text) for spelling in _spellings(name))


@lru_cache(maxsize=4096)
def _spellings(name: str) -> tuple[str, ...]:
    full, initials = pinyin_keys(name)
    return (*full.split(), *initials.split())
