"""Credit codes and the shapes of observed values."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.units.rules import (
    ValueRefusedError,
    clean_value,
    credit_code_problem,
    normalise_credit_code,
    phone_key,
)
from accounts.units.terms import Field

GOOD = "91430200712345678U"


def valid_code(body: str) -> str:
    return next(body + c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if credit_code_problem(body + c) == "")


@pytest.mark.parametrize("code", ["91350100M000100Y43", "914403001922038216", "91110000802100433B"])
def test_real_codes_pass(code):
    assert credit_code_problem(code) == ""


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("91350100M000100Y44", "checksum"),
        ("91350100M000100Y4", "shape"),
        ("91350100M000100Y433", "shape"),
        ("9135010IM000100Y43", "shape"),
        ("", "shape"),
    ],
)
def test_wrong_codes_are_told_apart(code, problem):
    assert credit_code_problem(code) == problem


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17), st.data())
def test_any_single_wrong_character_is_found(body, data):
    code = valid_code(body)
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from([c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if c != code[place]]))
    assert credit_code_problem(code[:place] + other + code[place + 1 :]) == "checksum"


def test_a_code_has_one_spelling():
    assert normalise_credit_code(" 9135 0100ｍ000100y43 ") == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("+86 138-0013-8000", "13800138000"),
        ("0731 2233 4455", "073122334455"),
        ("１３８", "138"),
        ("—", ""),
        ("86591-223344", "86591223344"),
    ],
)
def test_phone_key_keeps_figures(typed, key):
    assert phone_key(typed) == key


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (Field.HEADCOUNT, "1.2万", 12000),
        (Field.HEADCOUNT, " 3,200 人", 3200),
        (Field.INCOME, "86000元", "86000"),
        (Field.INCOME, "8.65万", "86500"),
        (Field.LARGEST_DEAL, "49999.99", "49999.99"),
        (Field.LARGEST_DEAL, "-0", "0"),
        (Field.LARGEST_DEAL, "999999999999.99", "999999999999.99"),
        (Field.HEADCOUNT, "100000000", 100_000_000),
        (Field.MAIN_BUSINESS, "字" * 1000, "字" * 1000),
        (Field.ACCEPTED_AREA, "110–140㎡", {"from": "110", "to": "140"}),
        (Field.ACCEPTED_AREA, "120", {"from": "120", "to": "120"}),
        (Field.ACCEPTED_PRICE, "3200至3500元", {"from": "3200", "to": "3500"}),
        (Field.ACCEPTED_PRICE, {"from": "3200", "to": ""}, {"from": "3200", "to": "3200"}),
        (Field.ACCEPTED_PRICE, ("3200", "3500"), {"from": "3200", "to": "3500"}),
        (Field.PURCHASE_INTENTION, "4", 4),
        (Field.SELF_BUILT_HOUSING, "planned", "planned"),
        (Field.LARGE_ORDERS, True, "yes"),
        (Field.MAIN_BUSINESS, " 建材 ", "建材"),
        (Field.MAIN_BUSINESS, "   ", None),
        (Field.HEADCOUNT, None, None),
    ],
)
def test_what_people_type_is_understood(field, typed, kept):
    assert clean_value(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        (Field.HEADCOUNT, "many", "number"),
        (Field.HEADCOUNT, "3.5", "whole"),
        (Field.HEADCOUNT, "-1", "range"),
        (Field.HEADCOUNT, "NaN", "range"),
        (Field.HEADCOUNT, "99999999999", "range"),
        (Field.HEADCOUNT, "100000001", "range"),
        (Field.LARGEST_DEAL, "1000000000000", "range"),
        (Field.HEADCOUNT, "1e9999999", "range"),
        (Field.LARGEST_DEAL, "9e999999万", "range"),
        (Field.ACCEPTED_PRICE, "1-9e9999999", "range"),
        (Field.INCOME, "1.234", "decimals"),
        (Field.PURCHASE_INTENTION, "6", "scale"),
        (Field.PURCHASE_INTENTION, "0", "scale"),
        (Field.ACCEPTED_AREA, "140-110", "order"),
        (Field.ACCEPTED_AREA, "1-2-3", "ends"),
        (Field.SELF_BUILT_HOUSING, "maybe", "choice"),
        (Field.MAIN_BUSINESS, "x" * 1001, "too_long"),
    ],
)
def test_what_cannot_be_understood_is_refused(field, typed, code):
    with pytest.raises(ValueRefusedError) as refusal:
        clean_value(field, typed)
    assert refusal.value.code == code


@given(st.sampled_from(list(Field)), st.text(alphabet=string.printable + "万至㎡", max_size=30))
def test_a_kept_value_is_kept_the_same_again(field, typed):
    try:
        kept = clean_value(field, typed)
    except ValueRefusedError:
        return
    assert clean_value(field, kept) == kept
