"""Who and what a briefing takes, the order of its steps, its statistics."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.briefings.rules import (
    DEFAULT_ITEMS,
    Came,
    Facts,
    PresenterProblem,
    StepProblem,
    is_named,
    may_be,
    presenter_problem,
    staff_missing,
    staff_needed,
    statistics_of,
    step_problem,
    to_move,
    without_return,
)
from campaigns.briefings.terms import BOOKED, NAMED, BriefingState, ItemKind, StaffRole, Step
from campaigns.prospects.terms import Intention

DAY = date(2008, 6, 20)
ON_THE_DAY = Facts(BriefingState.PREPARED, DAY, DAY, 4, attendees=3)


def test_t42_a_briefing_is_staffed_by_two_and_one_and_one_and_one_that_is_five():
    assert staff_needed() == 2 + 1 + 1 + 1 == 5
    full = [StaffRole.SALES, StaffRole.SALES, StaffRole.ENGINEER, StaffRole.PROPERTY, StaffRole.DRIVER]
    assert staff_missing(full) == {}
    assert staff_missing(full[1:4]) == {StaffRole.SALES: 1, StaffRole.DRIVER: 1}


def test_what_goes_along_by_default():
    assert (DEFAULT_ITEMS[ItemKind.LEAFLET], DEFAULT_ITEMS[ItemKind.GIFT]) == (30, None)
    assert set(DEFAULT_ITEMS) == set(ItemKind)


@pytest.mark.parametrize(
    ("presenter", "problem"),
    [(None, PresenterProblem.NOBODY), (3, PresenterProblem.NOT_SALES), (2, None)],
)
def test_one_of_the_sales_representatives_explains_the_slides(presenter, problem):
    assert presenter_problem(presenter, [1, 2]) is problem


@pytest.mark.parametrize(
    ("step", "changes", "problem"),
    [
        (Step.TALK, {}, None),
        (Step.TALK, {"attendees": 0}, StepProblem.NOBODY_CAME),
        (Step.COUNT, {}, StepProblem.OUT_OF_ORDER),
        (Step.AGREE, {"done": 7}, StepProblem.FINISHED),
        (Step.AGREE, {"done": 0, "state": BriefingState.APPROVED}, None),
        (Step.AGREE, {"done": 0, "state": BriefingState.PENDING}, StepProblem.NOT_PREPARED),
        (Step.ARRIVE, {"done": 1, "state": BriefingState.APPROVED}, StepProblem.NOT_PREPARED),
        (Step.ARRIVE, {"done": 1, "today": DAY - timedelta(1)}, StepProblem.NOT_TODAY),
        (Step.ARRIVE, {"done": 1, "attendees": 0}, None),
        (Step.RETURN_VISITS, {"done": 6, "without_return": 1}, StepProblem.RETURNS_OPEN),
        (Step.RETURN_VISITS, {"done": 6, "state": BriefingState.HELD}, None),
    ],
)
def test_the_seven_steps_are_taken_in_order_from_the_day_on(step, changes, problem):
    assert step_problem(step, replace(ON_THE_DAY, **changes)) is problem


@given(st.integers(0, 7), st.sampled_from(Step))
def test_at_most_one_step_is_next(done, step):
    if step_problem(step, replace(ON_THE_DAY, done=done)) is None:
        assert step == done + 1


def test_statistics_count_sort_and_name_every_intention():
    people = [
        Came(Intention.STRONG, "生产部", joined=True, return_on=DAY),
        Came(Intention.NONE, "生产部"),
        Came(Intention.CONSIDERING, "财务科"),
        Came(Intention.STRONG),
    ]
    told = statistics_of(people, 3)
    assert (told.came, told.percent, told.willing, told.joined, told.returns) == (4, 133, 3, 1, 1)
    assert told.by_intention == {
        Intention.STRONG: 2,
        Intention.INTERESTED: 0,
        Intention.CONSIDERING: 1,
        Intention.NONE: 1,
    }
    assert told.by_department == [("生产部", 2), ("财务科", 1)]
    assert without_return(people) == 2
    alike = [Came(Intention.NONE, name) for name in ("c", "a", "b", "b")]
    assert statistics_of(alike, 4).by_department == [("b", 2), ("a", 1), ("c", 1)]


BAGS = st.dictionaries(st.integers(1, 5), st.integers(0, 50))


@given(BAGS, BAGS)
def test_what_moves_leads_from_what_is_in_hands_to_what_is_wanted(before, after):
    moved = to_move(before, after)
    assert list(moved) == sorted(moved)
    assert 0 not in moved.values()
    assert all(before.get(key, 0) + moved.get(key, 0) == after.get(key, 0) for key in {*before, *after})


BILL = (
    "项目折页",
    "销售员服装",
    "大客户优惠折扣确认",
    "小型礼品",
    "车辆",
    "贵重礼品",
    "项目手提袋",
    "项目户型单张",
    "產品手冊",
    "新版物料",
)
LENT = ("便携投影仪", "录音笔", "数码相机", "笔记本电脑", "会议音箱")


@pytest.mark.parametrize(
    ("kind", "offered"),
    [
        (ItemKind.LEAFLET, ["项目折页", "新版物料"]),
        (ItemKind.SHEET, ["项目户型单张", "新版物料"]),
        (ItemKind.BOOKLET, ["產品手冊", "新版物料"]),
        (ItemKind.BAG, ["项目手提袋", "新版物料"]),
        (ItemKind.SLIDES, ["新版物料"]),
        (ItemKind.GIFT, ["小型礼品", "新版物料"]),
        (ItemKind.MEMBER_PACK, ["新版物料"]),
        (ItemKind.PROJECTOR, ["便携投影仪", "会议音箱"]),
        (ItemKind.LAPTOP, ["笔记本电脑", "会议音箱"]),
    ],
)
def test_a_thing_is_offered_from_what_its_name_says(kind, offered):
    assert [name for name in (LENT if kind in BOOKED else BILL) if may_be(kind, name)] == offered
    assert [name for name in offered if is_named(kind, name)] == [
        name for name in offered if name not in {"新版物料", "会议音箱"}
    ]


def test_every_thing_has_its_words_and_none_is_anothers():
    assert NAMED.keys() == set(ItemKind)
    for kind, words in NAMED.items():
        for word in words:
            assert [one for one in ItemKind if is_named(one, word.upper())] == [kind]
