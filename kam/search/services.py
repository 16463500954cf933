"""Names made comparable, and the conditions that find them. The rules are in rules.py; pages and palette in views.py."""

from django.db.models import Q

from kam.search.rules import (
    SearchKeys,
    Wanted,
    bigrams,
    fold,
    normalise_name,
    pinyin_keys,
    search_keys,
    wanted,
)

__all__ = [
    "SearchKeys",
    "Wanted",
    "bigrams",
    "find_by_name",
    "find_by_phone",
    "fold",
    "normalise_name",
    "pinyin_keys",
    "search_keys",
]


def find_by_name(query: str, *, names: tuple[str, ...] = ("name",), code: str = "", path: str = "") -> Q:
    """Return the condition for rows whose name has `query` as a part, sounds like it, or has it as initials.

    Rows keep `pinyin`, `initials` and `bigrams` (with a GIN index) from `search_keys`; `names` are the columns that Latin text is
    compared with letter by letter, `code` a column that an 18-character code must equal, `path` a prefix such as "unit__".
    An empty query finds everything.
    """
    asked = wanted(query)
    if not asked.text:
        return Q()
    condition = _by_parts(asked, names, path) | _by_sound(asked, path)
    if code and asked.code:
        condition |= Q(**{f"{path}{code}": asked.code})
    return condition or Q(pk__in=())


def _by_parts(asked: Wanted, names: tuple[str, ...], path: str) -> Q:
    if not asked.grams:
        return Q()
    condition = Q(**{f"{path}bigrams__contains": asked.grams})
    if not asked.text.isascii() or len(asked.grams) == 1:
        return condition
    spelled = Q()
    for name in names:
        spelled |= Q(**{f"{path}{name}__icontains": asked.text})
    return condition & spelled


def _by_sound(asked: Wanted, path: str) -> Q:
    condition = Q()
    latin = "".join(character for character in asked.text if character.isalpha())
    if asked.initial_grams:
        condition |= Q(
            **{f"{path}bigrams__contains": asked.initial_grams, f"{path}initials__contains": latin}
        )
    if asked.sound_grams:
        condition |= Q(**{f"{path}bigrams__contains": asked.sound_grams, f"{path}pinyin__contains": latin})
    return condition


def find_by_phone(query: str, *columns: str, path: str = "") -> Q:
    """Return the condition for rows with exactly this telephone number, however it was typed (12-decisions 2)."""
    asked = wanted(query)
    if not asked.phone:
        return Q(pk__in=())
    condition = Q()
    for spelling in dict.fromkeys((query.strip(), asked.text, asked.phone)):
        for column in columns:
            condition |= Q(**{f"{path}{column}": spelling})
    return condition
