"""The one form of what is sealed; without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.sheets.rules import open_lines, opened, sealed_text


@pytest.mark.parametrize("told", [{"b": 1, "a": "拜访"}, {"a": "拜访", "b": 1}])
def test_the_same_facts_are_the_same_text(told):
    assert sealed_text(told) == '{"a":"拜访","b":1}'


@given(st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(max_size=5)), max_size=5))
def test_what_was_sealed_is_opened_again(told):
    assert opened(sealed_text(told)) == told


def test_lines_without_points_are_open_unless_they_are_waived():
    lines = [("visits", None, False), ("sales", "12.50", False), ("skill", None, True)]
    told = {"lines": [{"indicator": i, "points": p, "waived": w} for i, p, w in lines]}
    assert open_lines(told) == ["visits"]
