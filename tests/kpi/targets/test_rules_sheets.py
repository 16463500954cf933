"""Rows of a spreadsheet of targets: what is read, and which cell is at fault. No database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.targets.rules.sheets import LARGEST, Known, is_filled, read_rows
from kpi.targets.terms import MONTH_COLUMNS, Column, Fault

D = Decimal
KNOWN = Known(
    measures={"sales.actual": "sales.actual", "销售额": "sales.actual", "units.stable": "units.stable"},
    flows=frozenset({"sales.actual"}),
    people={"s1": 1, "s2": 2},
    teams={"一组": 7, "二组": 8},
    units={"泉州商会": 30},
    own_people=frozenset({1}),
    own_teams=frozenset({7}),
    taken=frozenset({(2025, "sales.actual", 1, None, None, "", "")}),
)
ROW = {Column.YEAR: "2026", Column.MEASURE: "销售额", Column.PERSON: "S1", Column.AMOUNT: "￥3,000,000.00"}
EVENLY = dict.fromkeys(MONTH_COLUMNS, "250000")


def read(*rows, known=KNOWN):
    return read_rows(enumerate(rows, 2), known)


def test_a_row_becomes_a_target_with_its_factors():
    cells = ROW | {
        Column.RECENT: "人均 260 万",
        Column.POLICY: "限购放宽",
        Column.AREA: "泉州",
        Column.UNIT: "泉州商会",
    }
    (row,) = read(cells)
    told = row.told
    assert (row.number, row.faults, told.amount, told.months) == (2, {}, D(3_000_000), ())
    assert told.key == (2026, "sales.actual", 1, None, 30, "泉州", "")
    assert told.factors == ("人均 260 万", "", "", "限购放宽")


def test_months_are_the_year_or_must_add_up_to_it():
    (row,) = read(ROW | EVENLY)
    assert row.told.months == (D(250_000),) * 12
    (row,) = read(ROW | {Column.AMOUNT: ""} | {Column.M03: "12.50"})
    assert (row.told.amount, sum(row.told.months), row.told.months[2]) == (D("12.50"), D("12.50"), D("12.50"))
    (row,) = read(ROW | EVENLY | {Column.M12: "250000.01"})
    assert (row.told, row.faults) == (None, {Column.AMOUNT: Fault.SUM})


@pytest.mark.parametrize(
    ("change", "column", "fault"),
    [
        ({Column.YEAR: "26"}, Column.YEAR, Fault.YEAR),
        ({Column.YEAR: "2003"}, Column.YEAR, Fault.YEAR),
        ({Column.YEAR: "2100"}, Column.YEAR, Fault.YEAR),
        ({Column.YEAR: "20261"}, Column.YEAR, Fault.YEAR),
        ({Column.YEAR: "002026"}, Column.YEAR, Fault.YEAR),
        ({Column.YEAR: "２０２６"}, Column.YEAR, Fault.YEAR),
        ({Column.MEASURE: ""}, Column.MEASURE, Fault.MISSING),
        ({Column.MEASURE: "利润"}, Column.MEASURE, Fault.UNKNOWN),
        ({Column.PERSON: "s9"}, Column.PERSON, Fault.UNKNOWN),
        ({Column.PERSON: "s2"}, Column.PERSON, Fault.NOT_YOURS),
        ({Column.PERSON: ""}, Column.PERSON, Fault.NOT_YOURS),
        ({Column.PERSON: "", Column.TEAM: "二组"}, Column.TEAM, Fault.NOT_YOURS),
        ({Column.TEAM: "一组"}, Column.TEAM, Fault.BOTH),
        (
            {Column.PERSON: "", Column.TEAM: "一组", Column.UNIT: "泉州商会"},
            Column.PERSON,
            Fault.UNIT_OF_NOBODY,
        ),
        ({Column.AMOUNT: "three"}, Column.AMOUNT, Fault.AMOUNT),
        ({Column.AMOUNT: "-1"}, Column.AMOUNT, Fault.AMOUNT),
        ({Column.AMOUNT: "NaN"}, Column.AMOUNT, Fault.AMOUNT),
        ({Column.AMOUNT: "sNaN"}, Column.AMOUNT, Fault.AMOUNT),
        ({Column.AMOUNT: "1e40"}, Column.AMOUNT, Fault.AMOUNT),
        ({Column.AMOUNT: "1.005"}, Column.AMOUNT, Fault.AMOUNT),
        ({Column.M02: "x"}, Column.M02, Fault.AMOUNT),
        ({Column.MEASURE: "units.stable", Column.M02: "5"}, Column.M02, Fault.NO_MONTHS),
        ({Column.YEAR: "2025"}, Column.AMOUNT, Fault.EXISTS),
    ],
)
def test_a_cell_that_cannot_be_is_named(change, column, fault):
    (row,) = read(ROW | change)
    assert (row.told, row.faults) == (None, {column: fault})


@pytest.mark.parametrize("year", ["2004", "2099"])
def test_the_first_and_the_last_year_are_years(year):
    (row,) = read(ROW | {Column.YEAR: year})
    assert (row.told.year, row.faults) == (int(year), {})


def test_long_words_are_cut_where_the_columns_end():
    (row,) = read(ROW | {Column.AREA: "a" * 90, Column.PRODUCT: "b" * 90, Column.RECENT: "c" * 250})
    assert [len(text) for text in (row.told.area, row.told.product, row.told.factors[0])] == [80, 80, 200]


@pytest.mark.parametrize("amount", ["0", "0.01", str(LARGEST), " 1，000 "])
def test_amounts_at_the_edges_are_read(amount):
    (row,) = read(ROW | {Column.AMOUNT: amount})
    assert row.faults == {}


def test_the_department_is_set_by_whoever_sets_it():
    whole = Known(**{name: getattr(KNOWN, name) for name in Known.__slots__} | {"is_whole": True})
    (row,) = read(ROW | {Column.PERSON: ""}, known=whole)
    assert (row.told.person, row.told.team) == (None, None)


def test_the_same_target_twice_in_a_file_is_a_fault_of_the_second():
    first, second, other = read(ROW, ROW | {Column.AMOUNT: "5"}, ROW | {Column.AREA: "晋江"})
    assert (first.faults, second.faults, other.faults) == ({}, {Column.AMOUNT: Fault.TWICE}, {})
    assert second.told is None


def test_rows_without_an_amount_are_left_out():
    assert read(ROW | {Column.AMOUNT: ""}) == []
    assert not is_filled({Column.YEAR: "2026"})
    assert is_filled({Column.M12: "1"})


@given(st.dictionaries(st.sampled_from(list(Column)), st.text(max_size=12)))
def test_whatever_a_file_holds_is_a_target_or_has_a_fault(cells):
    for row in read(cells):
        assert (row.told is None) == bool(row.faults)
