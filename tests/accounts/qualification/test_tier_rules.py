"""Grades, points, levels and the matrix; 80/20; visits against the norm. No database."""

import re
from copy import deepcopy
from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.qualification.drawing import draw_curve
from accounts.qualification.rules.pyramid import CurvePoint, Kept, concentration, percent_of, visits_kept
from accounts.qualification.rules.tiers import (
    grade_of,
    is_worth_proposing,
    judge_tier,
    read_rules,
    rules_problem,
)
from accounts.qualification.terms import Level, first_tier_rules
from accounts.units.terms import Tier

RULES = read_rules(first_tier_rules())
STEPS = tuple(Decimal(n) for n in (10, 20, 30, 40))
D = Decimal


@pytest.mark.parametrize(
    ("seen", "grade"),
    [("0", 1), ("9.99", 1), ("10", 2), ("19.99", 2), ("20", 3), ("39.99", 4), ("40", 5), ("41", 5)],
)
def test_a_step_counts_from_its_own_figure_on(seen, grade):
    assert grade_of(D(seen), STEPS) == grade


def test_points_count_over_what_is_known_only():
    outcome = judge_tier(RULES, {"purchasing_power": D(5), "purchase_intention": D(3), "headcount": D(50)})
    assert (outcome.potential.points, outcome.potential.known) == (
        D("61.5"),
        65,
    )  # (25×100 + 20×50 + 20×25) / 65
    assert outcome.potential.level is Level.MEDIUM
    assert (outcome.value.points, outcome.value.known, outcome.value.level) == (D("0.0"), 0, Level.LOW)
    assert outcome.tier is Tier.C
    power = next(line for line in outcome.lines if line.rule.key == "headcount")
    assert (power.grade, power.next_from) == (2, D(150))
    best = next(line for line in outcome.lines if line.rule.key == "purchasing_power")
    assert (best.grade, best.next_from) == (5, None)


def test_nothing_is_proposed_where_too_little_is_known():
    assert judge_tier(RULES, {"purchasing_power": D(5), "purchase_intention": D(5)}).tier is None
    assert (
        judge_tier(RULES, {"purchasing_power": D(5), "purchase_intention": D(5), "demand": D(4)}).tier
        is Tier.B
    )
    assert judge_tier(RULES, {}).tier is None


@pytest.mark.parametrize(
    ("points", "level"), [("34.9", "low"), ("35", "medium"), ("64.9", "medium"), ("65", "high")]
)
def test_levels_begin_at_their_points(points, level):
    kept = first_tier_rules() | {"measures": [
        {"key": "value", "axis": "value", "weight": 100, "steps": ["1", "2", "3", "4"]},
        {"key": "some", "axis": "potential", "weight": 100, "steps": ["1", "2", "3", "4"]},
    ]}  # fmt: skip
    kept["levels"] = {"medium": "35", "high": "65"}
    limits = {"34.9": ("50.1", "90"), "35": ("50", "90"), "64.9": ("10", "50.1"), "65": ("10", "50")}[points]
    kept["levels"] = dict(zip(("medium", "high"), limits, strict=True))
    assert judge_tier(read_rules(kept), {"some": D(2)}).potential.level == level


figures = st.dictionaries(
    st.sampled_from([rule.key for rule in RULES.measures]), st.decimals(0, 2_000_000, places=2), min_size=1
)


@given(figures, st.sampled_from([rule.key for rule in RULES.measures]), st.decimals(0, 10**6, places=2))
@hypothesis_settings(max_examples=100)
def test_a_higher_figure_never_lowers_points_or_tier(seen, key, more):
    if key not in seen:
        return
    before, after = judge_tier(RULES, seen), judge_tier(RULES, seen | {key: seen[key] + more})
    assert (after.value.points, after.potential.points) >= (before.value.points, before.potential.points)
    if before.tier is not None:
        assert list(Tier).index(after.tier) <= list(Tier).index(before.tier)


def _outcome(**seen):
    return judge_tier(RULES, {key: D(value) for key, value in seen.items()})


def test_the_same_is_not_proposed_again_until_points_move():
    strong = _outcome(purchasing_power=5, purchase_intention=5, headcount=1000)
    assert strong.tier is Tier.B
    assert is_worth_proposing(strong, Tier.C, None, moved=D(10))
    assert not is_worth_proposing(strong, Tier.B, None, moved=D(10))
    assert not is_worth_proposing(_outcome(), Tier.C, None, moved=D(10))
    said_no = (Tier.B, strong.value.points, strong.potential.points)
    assert not is_worth_proposing(strong, Tier.C, said_no, moved=D(10))
    assert is_worth_proposing(strong, Tier.D, (Tier.C, *said_no[1:]), moved=D(10))
    assert is_worth_proposing(strong, Tier.C, (Tier.B, D("10.0"), said_no[2]), moved=D(10))
    assert not is_worth_proposing(strong, Tier.C, (Tier.B, D("9.9"), said_no[2]), moved=D(10))


def _with(**changes):
    kept = deepcopy(first_tier_rules())
    for name, value in changes.items():
        if name.startswith("steps_"):
            next(row for row in kept["measures"] if f"steps_{row['key']}" == name)["steps"] = value
        elif name.startswith("weight_"):
            next(row for row in kept["measures"] if f"weight_{row['key']}" == name)["weight"] = value
        else:
            kept[name] = value
    return kept


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, None),
        ({"steps_worth": ["3", "2", "4", "5"]}, ("steps_worth", "steps")),
        ({"steps_worth": ["1", "2", "3"]}, ("steps_worth", "steps")),
        ({"steps_worth": ["1", "2", "3", "x"]}, ("steps_worth", "steps")),
        ({"steps_worth": ["-1", "2", "3", "4"]}, ("steps_worth", "steps")),
        ({"steps_worth": ["1", "2", "3", "NaN"]}, ("steps_worth", "steps")),
        ({"weight_income": 11}, ("weights_potential", "weights")),
        ({"weight_worth": 59}, ("weights_value", "weights")),
        ({"levels": {"medium": "65", "high": "65"}}, ("high", "levels")),
        ({"levels": {"medium": "0", "high": "65"}}, ("high", "levels")),
        ({"levels": {"medium": "30", "high": "100.1"}}, ("high", "levels")),
        ({"known_percent": "101"}, ("known_percent", "percent")),
        (
            {"matrix": {"high": ["A", "B", "A"], "medium": ["C", "B", "A"], "low": ["D", "C", "B"]}},
            ("matrix", "matrix"),
        ),
        (
            {"matrix": {"high": ["D", "A", "A"], "medium": ["C", "B", "A"], "low": ["D", "C", "B"]}},
            ("matrix", "matrix"),
        ),
    ],
)
def test_rules_that_contradict_themselves_are_refused(changes, problem):
    assert rules_problem(_with(**changes)) == problem


def test_the_head_of_the_curve():
    curve = concentration([D(10), D(700), D(190), D(100), D(0)], top=D(20))
    assert (curve.total, curve.top_units, curve.top_percent) == (D(1000), 1, D("70.0"))
    assert curve.points[1] == CurvePoint(2, D("40.0"), D("89.0"))
    assert curve.points[-1] == CurvePoint(5, D("100.0"), D("100.0"))
    assert concentration([D(1)] * 6, top=D(20)).top_units == 2  # 1.2 units are two
    assert concentration([], top=D(20)).top_percent == D("0.0")
    assert concentration([D(0), D(0)], top=D(20)).top_percent == D("0.0")
    assert percent_of(D(1), D(3)) == D("33.3")


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=40), st.integers(1, 100))
@hypothesis_settings(max_examples=60)
def test_the_curve_never_falls_below_the_even_one(amounts, top):
    curve = concentration(amounts, top=D(top))
    shares = [point.value_percent for point in curve.points]
    assert shares == sorted(shares)
    if curve.total:
        assert all(point.value_percent + D("0.1") >= point.units_percent for point in curve.points)


def test_the_drawing_ends_in_the_corner():
    curve = draw_curve(concentration([D(n) for n in range(1, 501)], top=D(20)))
    assert curve.line.endswith(f"L{curve.right} {curve.ceiling}")
    assert curve.mark is not None
    assert draw_curve(concentration([], top=D(20))).line == ""


@pytest.mark.parametrize(
    ("weeks", "a_week", "kept"),
    [
        ([3, 3, 3, 3], "3", (12, 12)),
        ([6, 0, 3, 3], "3", (9, 12)),
        ([0, 0, 0, 0], "3", (0, 12)),
        ([2, 1, 0, 1], "1", (3, 4)),
        ([2, 2, 2, 2], "1.5", (8, 8)),
        ([0, 2, 0, 0], "0.5", (2, 2)),
        ([0, 1, 0, 0], "0.5", (1, 2)),
        ([0, 0, 0, 1], "0.25", (1, 1)),
        ([0, 0, 0, 0], "0", (0, 0)),
    ],
)
def test_more_in_one_week_does_not_make_up_for_another(weeks, a_week, kept):
    assert visits_kept(weeks, D(a_week)) == Kept(*kept)
    assert visits_kept(weeks, D(a_week)).is_kept is (kept[0] == kept[1])
    assert visits_kept(weeks, D(a_week)).missing == kept[1] - kept[0]


def _tables(heading):
    text = (settings.BASE_DIR / "docs/domain/grading.md").read_text(encoding="utf-8").split(heading)[1]
    lines = [line for line in text.split("\n## ")[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_worked_examples_of_the_tiers_are_true():
    rows = _tables("## The tier")
    assert len(rows) == 5
    for told, value, potential, tier in rows:
        seen = {key: D(figure) for key, figure in re.findall(r"(\w+) ([\d.]+)", told)}
        outcome = judge_tier(RULES, seen)
        shown = (
            f"{outcome.value.points} {outcome.value.level}",
            f"{outcome.potential.points} {outcome.potential.level}",
        )
        assert (*shown, outcome.tier or "none") == (value, potential, tier), told


def test_the_worked_examples_of_the_norm_are_true():
    rows = _tables("## Visits against the norm")
    assert len(rows) == 4
    for a_week, weeks, counted, asked in rows:
        kept = visits_kept([int(n) for n in weeks.split()], D(a_week))
        assert (str(kept.done), str(kept.owed)) == (counted, asked)
