"""Sums in capitals: the bank's rules as a table, and read back they are the sum that was written, in both scripts."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db.models import DecimalField
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kam.core.capitals import MOST, SIMPLIFIED, TRADITIONAL, in_capitals
from kam.core.templatetags.components import capitals

#: Of every length, and with many noughts in between: those are where the words go wrong.
SUMS = (
    st.decimals(Decimal(0), MOST, places=2)
    | st.integers(0, 20_000_000).map(lambda n: Decimal(n) / 100)
    | st.text("0001", max_size=18).map(lambda digits: Decimal(int(digits or "0")) / 100)
)
PLACES = {"拾": 10, "佰": 100, "仟": 1_000}


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.55", "伍角伍分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("101", "壹佰零壹元整"),
        ("1001.50", "壹仟零壹元伍角整"),
        ("1000", "壹仟元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("12000", "壹万贰仟元整"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("100000", "壹拾万元整"),
        ("100500", "壹拾万零伍佰元整"),
        ("105000", "壹拾万伍仟元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("424496.80", "肆拾贰万肆仟肆佰玖拾陆元捌角整"),
        ("10000001", "壹仟万零壹元整"),
        ("100000000", "壹亿元整"),
        ("100005000", "壹亿零伍仟元整"),
        ("100100000", "壹亿零壹拾万元整"),
        ("1000000000.01", "壹拾亿元零壹分"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("1000000000000", "壹万亿元整"),
        ("1000000000001", "壹万亿零壹元整"),
        ("1000100000000", "壹万零壹亿元整"),
        ("1000050000000", "壹万亿零伍仟万元整"),
        ("1000000010000.50", "壹万亿零壹万元伍角整"),
        ("1500000000000", "壹万伍仟亿元整"),
        ("10000000000000", "壹拾万亿元整"),
        ("1234567890123456.78", "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌亿玖仟零壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
        ("0.005", "壹分"),
        ("-12.30", "负壹拾贰元叁角整"),
    ],
)
def test_sums_as_the_bank_wants_them_written(amount, said):
    assert in_capitals(Decimal(amount), SIMPLIFIED) == f"人民币{said}"


def test_each_script_has_its_own_characters():
    assert (
        in_capitals(Decimal("123456789.06"), SIMPLIFIED) == "人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零陆分"
    )
    assert (
        in_capitals(Decimal("123456789.06"), TRADITIONAL)
        == "人民幣壹億貳仟參佰肆拾伍萬陸仟柒佰捌拾玖元零陸分"
    )
    assert in_capitals(Decimal(-1), TRADITIONAL) == "人民幣負壹元整"


def test_a_sum_beyond_all_papers_has_no_words():
    with pytest.raises(ValueError, match="no words"):
        in_capitals(MOST + 1, SIMPLIFIED)


def test_whatever_a_column_of_money_holds_has_words_a_hundred_times_over():
    """A paper adds up rows: no form that takes an amount ends in a paper that cannot say it."""
    columns = [
        field
        for model in apps.get_app_config("campaigns").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, DecimalField)
    ]
    largest = max(Decimal(10) ** (field.max_digits - field.decimal_places) for field in columns)
    assert len(columns) > 50
    assert largest * 100 == MOST + Decimal("0.01")
    assert in_capitals(largest * 100 - 1, SIMPLIFIED).endswith("元整")


def test_chinese_papers_carry_them_and_english_ones_do_not():
    told = {}
    for language in ("zh-hans", "zh-hant", "en"):
        with override(language):
            told[language] = (capitals(Decimal(12_000)), capitals(None))
    assert told == {
        "zh-hans": ("人民币壹万贰仟元整", ""),
        "zh-hant": ("人民幣壹萬貳仟元整", ""),
        "en": ("", ""),
    }


def read(said, script):
    """Read a sum back, by other means than it was written."""
    digits = {char: number for number, char in enumerate(script.digits)}
    cents = group = total = digit = 0
    for char in said.removeprefix(script.currency):
        if char in digits:
            digit = digits[char]
        elif char in PLACES:
            group, digit = group + digit * PLACES[char], 0
        elif char in "亿億":
            total, group, digit = (total + group + digit) * 10**8, 0, 0
        elif char in "万萬":
            total, group, digit = total + (group + digit) * 10**4, 0, 0
        elif char == "元":
            total, group, digit = total + group + digit, 0, 0
        elif char in "角分":
            cents, digit = cents + digit * (10 if char == "角" else 1), 0
        else:
            assert char == "整"
    return Decimal(total) + Decimal(cents) / 100


@given(SUMS, st.sampled_from([SIMPLIFIED, TRADITIONAL]))
def test_read_back_it_is_the_sum(amount, script):
    said = in_capitals(amount, script)
    assert read(said, script) == amount
    assert "零零" not in said
    assert not any(f"零{char}" in said for char in "拾佰仟万萬亿億角整")
    assert said.endswith("分") == bool(int(amount * 100) % 10)
    assert said.endswith("整") != said.endswith("分")


@given(SUMS, SUMS)
def test_two_sums_never_read_alike(one, other):
    assert (one == other) == (in_capitals(one, SIMPLIFIED) == in_capitals(other, SIMPLIFIED))
