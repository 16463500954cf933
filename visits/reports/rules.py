"""The fields of the visit report, as data: which form has which, and what may be written in each.

Twenty fields for property (S-163), seventeen for produce and gifts (S-164), in the order and groups of the printed forms.
An empty field means "not asked". See docs/domain/visits.md.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from visits.reports.terms import Variant

BOTH = frozenset({Variant.PROPERTY, Variant.PRODUCE})
PROPERTY = frozenset({Variant.PROPERTY})
PRODUCE = frozenset({Variant.PRODUCE})

MAX_TEXT = 500
MAX_NUMBER = Decimal(10) ** 12

Value = str | list[str]


class Group(StrEnum):
    BASIC = "basic"
    NEEDS = "needs"
    SPECIAL = "special"
    PROMOTION = "promotion"


class Shape(StrEnum):
    """What a field takes."""

    TEXT = "text"
    COUNT = "count"
    CHOICE = "choice"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One line of the form."""

    key: str
    group: Group
    shape: Shape = Shape.TEXT
    choices: tuple[str, ...] = ()
    measure: str = ""
    variants: frozenset[Variant] = BOTH
    observed: str = ""

    @property
    def observed_as(self) -> str:
        """The field of the unit's file that this line informs."""
        return self.observed or self.key


FIELDS = (
    FieldSpec("headcount", Group.BASIC, Shape.COUNT, measure="people"),
    FieldSpec("income", Group.BASIC, Shape.COUNT, measure="yuan_a_year"),
    FieldSpec("main_business", Group.BASIC),
    FieldSpec("industry_text", Group.BASIC),
    FieldSpec("office_environment", Group.BASIC, Shape.CHOICE, ("poor", "average", "good")),
    FieldSpec("living_environment", Group.BASIC, Shape.CHOICE, ("rented", "mostly_rented", "owned")),
    FieldSpec(
        "self_built_housing", Group.BASIC, Shape.CHOICE, ("none", "planned", "building"), variants=PROPERTY
    ),
    FieldSpec("private_cars", Group.BASIC, Shape.COUNT, measure="cars", variants=PROPERTY),
    FieldSpec("foot_traffic", Group.BASIC),
    FieldSpec("purchase_demand", Group.NEEDS, variants=PROPERTY),
    FieldSpec("gift_demand", Group.NEEDS, variants=PRODUCE, observed="purchase_demand"),
    FieldSpec("purchase_intention", Group.NEEDS, Shape.CHOICE, ("1", "2", "3", "4", "5"), variants=PROPERTY),
    FieldSpec("gift_box_intention", Group.NEEDS, Shape.CHOICE, ("1", "2", "3", "4", "5"), variants=PRODUCE),
    FieldSpec("purchasing_power", Group.NEEDS, Shape.CHOICE, ("weak", "medium", "strong")),
    FieldSpec("accepted_area", Group.NEEDS, Shape.RANGE, measure="square_metres", variants=PROPERTY),
    FieldSpec("accepted_price", Group.NEEDS, Shape.RANGE, measure="yuan"),
    FieldSpec("attention", Group.NEEDS, Shape.CHOICE, ("low", "medium", "high")),
    FieldSpec("internal_website", Group.SPECIAL),
    FieldSpec("recent_activities", Group.SPECIAL),
    FieldSpec("promotion_time", Group.PROMOTION),
    FieldSpec("promotion_place", Group.PROMOTION),
    FieldSpec("promotion_way", Group.PROMOTION),
)

SPEC_OF = {spec.key: spec for spec in FIELDS}


class Fault(StrEnum):
    """Why a value is refused."""

    NOT_A_COUNT = "not_a_count"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_CHOICE = "not_a_choice"
    TURNED_ROUND = "turned_round"
    TOO_LONG = "too_long"


class FieldRefusedError(ValueError):
    """A value that its field does not take."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def fields_of(variant: Variant) -> tuple[FieldSpec, ...]:
    """Return the fields of a form, in its order."""
    return tuple(spec for spec in FIELDS if variant in spec.variants)


def groups_of(variant: Variant) -> dict[Group, list[FieldSpec]]:
    """Return the fields of a form by group, in its order."""
    found: dict[Group, list[FieldSpec]] = {}
    for spec in fields_of(variant):
        found.setdefault(spec.group, []).append(spec)
    return found


def clean_field(spec: FieldSpec, value: Value) -> Value:
    """Return the value as it is kept; empty means not asked. Raises FieldRefusedError."""
    if spec.shape is Shape.RANGE:
        return _clean_range(value if isinstance(value, list) else [value, value])
    text = (value[0] if isinstance(value, list) else value).strip()
    if len(text) > MAX_TEXT:
        raise FieldRefusedError(Fault.TOO_LONG)
    if not text or spec.shape is Shape.TEXT:
        return text
    if spec.shape is Shape.COUNT:
        return _clean_count(text)
    if text not in spec.choices:
        raise FieldRefusedError(Fault.NOT_A_CHOICE)
    return text


def changed_values(before: Mapping[str, Value], after: Mapping[str, Value]) -> dict[str, Value]:
    """Return what a visit learned: fields that were answered, and differently from before."""
    return {key: value for key, value in after.items() if is_answered(value) and before.get(key) != value}


def answered(variant: Variant, group: Group, values: Mapping[str, Value]) -> tuple[int, int]:
    """Return how many fields of a group are answered, and how many it has."""
    specs = groups_of(variant)[group]
    return sum(1 for spec in specs if is_answered(values.get(spec.key, ""))), len(specs)


def is_answered(value: Value) -> bool:
    """Say whether a field holds anything."""
    return any(value) if isinstance(value, list) else bool(value)


def _plain_number(text: str) -> str:
    return re.sub(r"[,，\s]", "", text)


def _clean_count(text: str) -> str:
    plain = _plain_number(text)
    if not (plain.isascii() and plain.isdigit()) or Decimal(plain) >= MAX_NUMBER:
        raise FieldRefusedError(Fault.NOT_A_COUNT)
    return str(int(plain))


def _clean_range(ends: Iterable[str]) -> Value:
    low, high = ([_plain_number(end) for end in ends] + ["", ""])[:2]
    numbers = [_number(end) for end in (low, high) if end]
    if len(numbers) == 2 and numbers[0] > numbers[1]:
        raise FieldRefusedError(Fault.TURNED_ROUND)
    return [low, high] if numbers else ""


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise FieldRefusedError(Fault.NOT_A_NUMBER) from None
    if not number.is_finite() or not 0 <= number < MAX_NUMBER:
        raise FieldRefusedError(Fault.NOT_A_NUMBER)
    return number


#: Words of a scale as the unit's file keeps them: 1 … 5.
_SCALE = {"weak": "1", "low": "1", "medium": "3", "strong": "5", "high": "5"}
_SCALED = frozenset({"purchasing_power", "attention"})


def file_value(spec: FieldSpec, value: Value) -> str | dict[str, str]:
    """Return a value in the shape in which the unit's file keeps it."""
    if isinstance(value, list):
        low, high = value
        return {"from": low or high, "to": high or low}
    return _SCALE[value] if spec.key in _SCALED else value
