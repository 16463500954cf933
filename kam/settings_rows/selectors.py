"""Reading settings: the row in force on a day, else the default its room defined."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Subquery

from kam.core.clock import business_date
from kam.core.once import shared
from kam.core.prepared import Filled, Prepared, blank
from kam.settings_rows.models import SettingRow
from kam.settings_rows.registry import Value, definition_of


def setting(key: str, *, on: date | None = None) -> Value:
    """Return the value of `key` in force on `on` (today by default), in the type of its default."""
    return settings_of(key, on=on)[key]


def settings_of(*keys: str, on: date | None = None) -> dict[str, Value]:
    """Return key → value for several settings with one query, made once inside a `reading()`."""
    day = on or business_date()
    stored = shared(("settings", keys, day), lambda: _stored(keys, day))
    return {key: _typed(stored[key], key) if key in stored else definition_of(key).default for key in keys}


_in_force: Prepared[Any] = Prepared(
    lambda: (
        SettingRow.objects.filter(key__any_of=blank("keys"), valid_from__lte=blank("day"))
        .order_by("key", "-valid_from", "-id")
        .distinct("key")
        .values_list("key", "value")
    )
)


def _stored(keys: tuple[str, ...], day: date) -> dict[str, object]:
    return dict(_in_force(keys=[*keys], day=day))


def setting_asked(key: str, *, on: date) -> Filled[Any]:
    """Return what tells of a setting, to be asked together with others; `setting_in` makes a value of its rows."""
    return _in_force.filled(keys=[key], day=on)


def setting_in(key: str, rows: Sequence[tuple[str, object]]) -> Value:
    """Return the value that `setting_asked` found, or the default."""
    return read_value(key, rows[0][1] if rows else None)


def value_in_force(key: str, on: Any) -> Subquery:
    """Return the value of `key` stored for `on` as a column of another statement; `read_value` makes a value of it."""
    rows = SettingRow.objects.filter(key=key, valid_from__lte=on).order_by("-valid_from", "-id")
    return Subquery(rows.values("value")[:1])


def read_value(key: str, stored: object) -> Value:
    """Return what `value_in_force` found in the type of the default, or the default."""
    return definition_of(key).default if stored is None else _typed(stored, key)


def int_setting(key: str, *, on: date | None = None) -> int:
    """Return a whole-number setting."""
    return int(setting(key, on=on))


def _typed(value: object, key: str) -> Value:
    default = definition_of(key).default
    if isinstance(default, bool):
        return bool(value)
    if isinstance(default, int):
        return int(str(value))
    return Decimal(str(value)) if isinstance(default, Decimal) else str(value)
