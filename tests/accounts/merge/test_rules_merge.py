"""The rules of merging: which value counts, what goes back, circles, spans, pairs. Written without looking at a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.merge.rules import (
    Choice,
    Known,
    choices_of,
    dated_choices,
    fields_back,
    is_above,
    overlap,
    pairs_of,
    taken,
    to_be_written,
)

pytestmark = pytest.mark.rules
DAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("mine", "theirs", "chosen", "takes"),
    [
        ("a", "b", {}, False),
        ("", "b", {}, True),
        (None, "b", {}, True),
        (False, True, {}, False),
        (0, 5, {}, False),
        ("a", "b", {"f": "other"}, True),
        ("", "b", {"f": "own"}, False),
        ("", "", {}, False),
    ],
)
def test_a_field_keeps_the_survivors_value_unless_it_has_none_or_the_other_is_chosen(
    mine, theirs, chosen, takes
):
    assert choices_of(["f"], {"f": mine}, {"f": theirs}, chosen) == [Choice("f", mine, theirs, takes)]


def test_only_values_that_differ_are_taken_over():
    rows = choices_of(["f", "g"], {"f": "x", "g": ""}, {"f": "x", "g": "y"}, {"f": "other"})
    assert taken(rows) == {"g": "y"}


def test_a_field_goes_back_unless_somebody_wrote_it_since():
    told = fields_back({"f": ("old", "new"), "g": (1, 2)}, {"f": "new", "g": 3})
    assert (told.back, told.kept) == ({"f": "old"}, ("g",))


@given(
    mine=st.dictionaries(st.sampled_from("abcd"), st.one_of(st.none(), st.text(max_size=3)), min_size=4),
    theirs=st.dictionaries(st.sampled_from("abcd"), st.one_of(st.none(), st.text(max_size=3)), min_size=4),
    chosen=st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["own", "other"])),
)
def test_merging_and_taking_back_restores_every_field(mine, theirs, chosen):
    values = taken(choices_of("abcd", mine, theirs, chosen))
    merged = mine | values
    told = fields_back({name: (mine[name], new) for name, new in values.items()}, merged)
    assert merged | told.back == mine
    assert told.kept == ()


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({1: 2}, False),  # directly above: the merge itself unknots that
        ({1: 3, 3: 2}, True),
        ({1: 3, 3: 1}, False),
        ({1: 3}, False),
    ],
)
def test_a_circle_needs_somebody_between(parents, expected):
    assert is_above(2, 1, parents.get) is expected


@pytest.mark.parametrize(
    ("first", "second", "meets"),
    [
        ((1, None), (2, None), True),
        ((1, 2), (2, None), False),
        ((3, None), (1, 3), False),
        ((1, 5), (4, 6), True),
        ((2, 2), (1, None), False),
        ((1, None), (2, 2), False),
    ],
)
def test_half_open_spans_of_days(first, second, meets):
    def span(days):
        return tuple(None if n is None else DAY.replace(day=n) for n in days)

    assert overlap(span(first), span(second)) is meets


def test_pairs_share_a_key_and_the_likest_come_first():
    rows = [
        (1, [("name", "a"), ("phone", "5")]),
        (2, [("name", "a")]),
        (3, [("name", "a"), ("phone", "5")]),
        (4, []),
    ]
    assert pairs_of(rows) == [(1, 3, (("name", "a"), ("phone", "5"))), (1, 2, (("name", "a"),))]


EARLY, LATE = Known(120, date(2026, 3, 1), 1), Known(90, date(2026, 5, 1), 2)


@pytest.mark.parametrize(
    ("mine", "theirs", "chosen", "written"),
    [
        (EARLY, LATE, {}, {"f": 120}),
        (LATE, EARLY, {}, {}),
        (EARLY, LATE, {"f": "own"}, {"f": 120}),
        (EARLY, LATE, {"f": "other"}, {}),
        (LATE, EARLY, {"f": "other"}, {"f": 120}),
        (Known(1, DAY, 1), Known(2, DAY, 2), {}, {"f": 1}),
    ],
)
def test_a_dated_value_is_written_anew_only_where_its_day_would_not_make_it_count(
    mine, theirs, chosen, written
):
    assert to_be_written(dated_choices({"f": mine}, {"f": theirs}, chosen)) == written


def test_what_only_one_side_knows_or_both_know_alike_is_no_question():
    assert dated_choices({"f": EARLY, "g": LATE}, {"g": Known(90, DAY, 7), "h": LATE}, {}) == []
