"""What the lines, groups, choices and measures of the visit report are called."""

from django.utils.translation import gettext_lazy as _

from accounts.units.labels import FIELD_LABELS as FILE_LABELS
from accounts.units.terms import Field
from visits.reports.rules import FIELDS, Fault, FieldSpec, Group, Shape, Value

GROUP_LABELS = {
    Group.BASIC: _("Basic situation"),
    Group.NEEDS: _("Needs"),
    Group.SPECIAL: _("Special information"),
    Group.PROMOTION: _("Promotion suggestion"),
}
_OWN = {"industry_text": _("Industry"), "gift_demand": _("Demand for produce and gifts")}
FIELD_LABELS = {spec.key: _OWN.get(spec.key) or FILE_LABELS[Field(spec.key)] for spec in FIELDS}
CHOICE_LABELS = {
    "office_environment": {"poor": _("poor"), "average": _("average"), "good": _("good")},
    "living_environment": {
        "rented": _("rented"),
        "mostly_rented": _("mostly rented"),
        "owned": _("owned"),
    },
    "self_built_housing": {"none": _("none"), "planned": _("planned"), "building": _("building")},
    "purchasing_power": {"weak": _("weak"), "medium": _("medium"), "strong": _("strong")},
    "attention": {"low": _("low"), "medium": _("medium"), "high": _("high")},
}
MEASURE_LABELS = {
    "people": _("people"),
    "yuan_a_year": _("yuan/year"),
    "cars": _("cars"),
    "square_metres": _("m²"),
    "yuan": _("yuan"),
}
FAULTS = {
    Fault.NOT_A_COUNT: _("Enter a whole number."),
    Fault.NOT_A_NUMBER: _("Enter a number."),
    Fault.NOT_A_CHOICE: _("Choose one of the answers."),
    Fault.TURNED_ROUND: _("The first number is larger than the second."),
    Fault.TOO_LONG: _("At most 500 characters."),
}
MARKET_HINTS = {
    "quality_reaction": _("What do they say about the quality?"),
    "satisfaction": _("How do those live who bought? Nobody yet: write “nobody has moved in”."),
    "competitor_use": _("What do they use of others, and how content are they?"),
    "industry_news": _("What is going on in their industry?"),
}


def choice_label(spec: FieldSpec, value: str) -> str:
    """Return a choice in words; figures of a scale stay figures."""
    return str(CHOICE_LABELS.get(spec.key, {}).get(value, value))


def shown(spec: FieldSpec, value: Value) -> str:
    """Return a value as a person reads it, with its measure; empty for what was not asked."""
    if not value:
        return ""
    measure = str(MEASURE_LABELS.get(spec.measure, ""))
    if spec.shape is Shape.RANGE and isinstance(value, list):
        text = "–".join(_grouped(end) for end in value if end)
    elif spec.shape is Shape.COUNT:
        text = _grouped(str(value))
    elif spec.shape is Shape.CHOICE:
        text = choice_label(spec, str(value))
    else:
        text = str(value)
    return f"{text} {measure}".strip()


def _grouped(number: str) -> str:
    whole, dot, rest = number.partition(".")
    return f"{int(whole or 0):,}{dot}{rest}"
