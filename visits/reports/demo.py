"""Reports of the visits held: the first tells the unit's situation, later ones confirm a line or two; facts seldom change."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from accounts.units.models import KeyAccount, Observation
from accounts.units.terms import Channel, Field
from kam.demo.story import Story
from visits.reports.rules import SPEC_OF, Value, clean_field
from visits.reports.services import save_report
from visits.reports.terms import Variant
from visits.visits.models import Visit
from visits.visits.terms import MARKET_QUESTIONS

_INDUSTRY: Mapping[str, str] = {
    Channel.CHAMBER: "商会",
    Channel.FACTORY: "制造",
    Channel.MARKET: "商贸",
    Channel.SCHOOL: "教育",
    Channel.GOVERNMENT: "机关",
    Channel.BANK: "金融",
    Channel.SOE: "能源",
    Channel.OFFICE: "物业",
}
_CHOICES: Mapping[str, Sequence[Value]] = {
    "income": ("52000", "68000", "86000"),
    "main_business": ("建材、石材", "轨道交通装备", "服装批发", "基础教育"),
    "office_environment": ("average", "good", "good", "poor"),
    "living_environment": ("rented", "mostly_rented", "owned"),
    "self_built_housing": ("none", "none", "planned", "building"),
    "foot_traffic": ("商会会所", "厂区东门", "市场中庭"),
    "purchase_demand": ("改善住房", "父母同住", "婚房"),
    "purchase_intention": ("2", "3", "4"),
    "accepted_area": (["90", "120"], ["110", "140"]),
    "accepted_price": (["3000", "3400"], ["3200", "3500"]),
    "attention": ("low", "medium", "high"),
    "recent_activities": ("年会", "职工运动会", "新厂开工"),
    "promotion_time": ("七月中旬", "年会期间", "中秋前"),
    "promotion_place": ("石峰酒店", "职工食堂"),
    "promotion_way": ("年会推介", "资料架", "食堂展板"),
}
_POWER = {"A": "strong", "B": "medium", "C": "medium"}
#: What a later visit now and then finds changed.
_MOVING = ("headcount", "purchase_intention", "recent_activities", "accepted_price")


def play_reports(story: Story) -> None:
    """Hand in the reports in the evening of each visit, some on the next day; a few of the last week are still missing."""
    profiles: dict[int, dict[str, Value]] = {}
    told: set[int] = set()
    known = _known()
    dice = story.random
    for visit in Visit.objects.held().select_related("unit", "user").order_by("on", "pk"):
        if dice.random() < (0.25 if (story.today - visit.on).days < 7 else 0.03):
            continue
        unit = visit.unit
        profile = profiles.setdefault(unit.pk, _profile(unit, known.get(unit.pk, {}), story.seed))
        values = _later(profile, dice) if unit.pk in told else _first(profile, dice)
        told.add(unit.pk)
        market = {name: getattr(visit, name) or "没有新情况。" for name in MARKET_QUESTIONS}
        remarks = {"headcount": "含新入会 22 家"} if "headcount" in values and "商会" in unit.name else {}
        entered = timezone.localtime(visit.entered_at).date()
        is_late = dice.random() < 0.08 and entered + timedelta(days=1) < story.today
        with story.at(entered + timedelta(days=1) if is_late else entered, 9 if is_late else 17, 20):
            save_report(
                visit, variant=Variant.PROPERTY, values=values, remarks=remarks, market=market, by=visit.user
            )


def _known() -> dict[int, dict[str, Any]]:
    """Return what the units' files say already: unit → field → value."""
    found: dict[int, dict[str, Any]] = {}
    for row in Observation.objects.order_by("learned_on", "pk"):
        found.setdefault(row.unit_id, {})[row.field] = row.value
    return found


def _profile(unit: KeyAccount, known: Mapping[str, Any], seed: int) -> dict[str, Value]:
    """Return the true situation of a unit; what its file says already is part of it."""
    dice = Random(f"{seed}:{unit.name}")
    headcount = int(known.get(Field.HEADCOUNT) or dice.randint(60, 900))
    profile: dict[str, Value] = {"headcount": str(headcount)}
    profile |= {key: dice.choice(values) for key, values in _CHOICES.items()}
    profile["private_cars"] = str(max(headcount * dice.randint(8, 15) // 100, 3))
    profile["purchasing_power"] = _POWER.get(unit.tier, "weak")
    profile["industry_text"] = _INDUSTRY.get(unit.channel, "其他")
    for key in ("main_business", "foot_traffic", "self_built_housing", "purchase_intention", "promotion_way"):
        if key in known:
            profile[key] = str(known[key])
    if Field.INCOME in known:
        profile["income"] = str(int(Decimal(str(known[Field.INCOME]))))
    for key in ("accepted_area", "accepted_price"):
        if key in known:
            profile[key] = [_whole(known[key]["from"]), _whole(known[key]["to"])]
    return {key: clean_field(SPEC_OF[key], value) for key, value in profile.items()}


def _whole(number: Any) -> str:
    return str(int(Decimal(str(number))))


def _first(profile: Mapping[str, Value], dice: Random) -> dict[str, Value]:
    """Return what a first visit brings home: most lines of the form."""
    return {key: value for key, value in profile.items() if dice.random() < 0.8}


def _later(profile: dict[str, Value], dice: Random) -> dict[str, Value]:
    """Return the few lines that a later visit asked again; one in six brings something new."""
    asked = {key: value for key, value in profile.items() if dice.random() < 0.1}
    if dice.random() < 0.16:
        key = dice.choice(_MOVING)
        profile[key] = clean_field(SPEC_OF[key], _moved(key, profile[key], dice))
        asked[key] = profile[key]
    return asked


def _moved(key: str, value: Value, dice: Random) -> Value:
    """Return a value a little further on: a few people more, a point warmer, the next event."""
    if key == "headcount":
        return str(int(str(value)) + dice.randint(1, max(int(str(value)) // 50, 3)))
    if key == "purchase_intention":
        return str(min(int(str(value)) + 1, 5))
    if key == "accepted_price" and isinstance(value, list):
        return [str(int(float(end)) + 100) for end in value]
    return dice.choice([row for row in _CHOICES["recent_activities"] if row != value])
