"""Rows that go in by COPY come out as they were."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.units.models import KeyAccount, Observation
from kam.core.bulk import copy_rows, next_numbers
from tests.factories.accounts import make_unit

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4)
_NASTY = st.sampled_from(["\\", "\t", "\n", "\r", '"', "\\N", "{}", ",", '","', "𠮷", "", " ", "\\\\t"])


class TestCopy(TestCase):
    @given(words=st.lists(_TEXT | _NASTY, max_size=4), text=_TEXT | _NASTY)
    @settings(max_examples=60, deadline=None)
    def test_any_text_and_array_comes_back(self, words, text):
        (pk,) = next_numbers(KeyAccount, 1)
        copy_rows(
            [KeyAccount(pk=pk, name=text, name_key=f"k{pk}", channel="chamber", bigrams=words, address=text)]
        )
        row = KeyAccount.objects.get(pk=pk)
        assert (row.name, row.address, row.bigrams) == (text, text, words)
        assert (row.owner_id, row.last_visit_on, row.is_core, row.created_at is None) == (
            None,
            None,
            False,
            False,
        )

    @given(
        value=st.recursive(
            _TEXT | _NASTY | st.integers() | st.booleans(), lambda inner: st.lists(inner, max_size=3)
        )
    )
    @settings(max_examples=40, deadline=None)
    def test_any_json_comes_back(self, value):
        unit = make_unit(name=f"单位{Observation.objects.count()}")
        copy_rows([Observation(unit_id=unit.pk, field="special", value=value, learned_on="2026-06-22")])
        assert Observation.objects.get(unit=unit).value == value


@pytest.mark.django_db
def test_no_rows_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        copy_rows([])
