"""Reading, checking and deciding on rows of units, without a database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.imports.rules.checks import Fault, Owner, People, check_row
from accounts.imports.rules.fates import Existing, Known, Report, Seen, decide, decide_again, name_key_of
from accounts.imports.rules.heads import column_of, missing_columns, recognise, signature
from accounts.imports.terms import HEADS, Column, Fate, Problem

PEOPLE = People({"s1": Owner(1, "Lin", 1), "s2": Owner(2, "Wang", 2, allowed=False)})


def checked(number=2, **cells):
    named = {Column.CHANNEL: "商会"} | {Column(key): value for key, value in cells.items()}
    row = check_row(number, named, PEOPLE)
    row.name_key = name_key_of(row, named)
    return row


@pytest.mark.parametrize("column", list(Column))
def test_every_heading_is_recognised(column):
    for head in HEADS[column]:
        assert column_of(head) is column
        assert column_of(f" {head.upper()} * ") is column


def test_a_remembered_mapping_wins_and_can_leave_a_column_out():
    told = {"merkmal": "note", "地址": ""}
    assert recognise(["单位名称", "Merkmal", "地址", "单位全称"], told) == {0: Column.NAME, 1: Column.NOTE}


def test_without_a_name_column_nothing_can_be_imported():
    assert missing_columns(recognise(["电话"])) == [Column.NAME]
    assert missing_columns(recognise(["Name"])) == []


def test_the_same_headings_have_the_same_signature():
    assert signature(["單位名稱 ", "ＴＥＬ"]) == signature(["单位名称", "tel"])


@pytest.mark.parametrize(
    ("column", "text", "problem", "suggestion"),
    [
        ("credit_code", "91417776R63F0WTCD8", Problem.CHECK_CHARACTER, "91417776R63F0WTCDL"),
        ("credit_code", "123", Problem.NOT_A_CODE, ""),
        ("credit_code", "91417776R63F0WTCDI", Problem.NOT_A_CODE, ""),
        ("headcount", "约500人", Problem.NOT_A_NUMBER, "500"),
        ("headcount", "3.5", Problem.NOT_A_NUMBER, ""),
        ("headcount", "-27", Problem.NEGATIVE, "27"),
        ("headcount", "99999999999", Problem.TOO_LARGE, ""),
        ("income", "-1", Problem.NEGATIVE, "1"),
        ("income", "1e9", Problem.NOT_A_NUMBER, ""),
        ("income", "999999999999", Problem.TOO_LARGE, ""),
        ("channel", "外星单位", Problem.UNKNOWN_CHANNEL, ""),
        ("tier", "Z", Problem.UNKNOWN_TIER, ""),
        ("owner", "nobody99", Problem.UNKNOWN_OWNER, ""),
        ("owner", "s2", Problem.OWNER_NOT_YOURS, ""),
        ("phone", "call me", Problem.NOT_A_PHONE, ""),
        ("website", "javascript:alert(1)", Problem.NOT_A_WEBSITE, ""),
        ("note", "a\u202eb", Problem.BAD_CHARACTERS, ""),
        ("note", "a\x07b", Problem.BAD_CHARACTERS, ""),
        ("address", "x" * 301, Problem.TOO_LONG, "x" * 300),
    ],
)
def test_a_wrong_cell_is_named_with_what_it_might_have_been(column, text, problem, suggestion):
    (fault,) = checked(name="泉州商会", **{column: text}).faults
    assert (fault.column, fault.problem, fault.suggestion) == (Column(column), problem, suggestion)


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("name", "  太原芦淞０７８有限责任公司 ", "太原芦淞078有限责任公司"),
        ("credit_code", " 91417776r63f0wtcdl ", "91417776R63F0WTCDL"),
        ("headcount", "3,768", 3768),
        ("headcount", "５００", 500),
        ("headcount", "12.0", 12),
        ("income", "¥3,500元", Decimal("3500.00")),
        ("owner", "s1", Owner(1, "Lin", 1)),
        ("channel", "建材服装市场私营业主", "market"),
        ("channel", "Chamber of commerce", "chamber"),
        ("tier", "a级", "A"),
        ("website", "www.qz.gov.cn/x", "https://www.qz.gov.cn/x"),
        ("phone", "0731-24468285 转 8", "0731-24468285 转 8"),
        ("note", '=HYPERLINK("http://x","y")', '=HYPERLINK("http://x","y")'),
        ("note", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_right_cell_is_kept(column, text, value):
    row = checked(**({"name": "泉州商会"} | {column: text}))
    assert (row.faults, row.values[Column(column)]) == ([], value)


def test_a_row_without_a_name_is_wrong_and_a_blank_cell_says_nothing():
    row = checked(short_name="泉商", headcount="  ")
    assert [(f.column, f.problem) for f in row.faults] == [(Column.NAME, Problem.MISSING)]
    assert Column.HEADCOUNT not in row.values


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=18, max_size=18))
def test_a_wrong_check_character_is_told_with_the_right_one(code):
    faults = checked(name="甲乙", credit_code=code).faults
    if faults:
        assert checked(name="甲乙", credit_code=faults[0].suggestion).faults == []


@given(st.text(max_size=30), st.sampled_from(list(Column)))
def test_no_text_breaks_a_check(text, column):
    row = check_row(2, {Column.NAME: "甲乙", column: text}, PEOPLE)
    assert all(fault.column in {column, Column.NAME} for fault in row.faults)


CODE = "91417776R63F0WTCDL"


def test_a_new_unit_needs_a_channel_and_one_that_is_there_does_not():
    unit = Existing(42, "泉州商会", "", {Column.NAME: "泉州商会"})
    row = checked(2, name="泉州商会", channel="")
    assert decide(row, seen=Seen(), known=known_with(unit)).fate is Fate.UNCHANGED
    new = decide(checked(3, name="漳州商会", channel=""), seen=Seen(), known=Known())
    assert (new.fate, new.row.faults[0].column, new.row.faults[0].problem) == (
        Fate.ERROR,
        Column.CHANNEL,
        Problem.MISSING,
    )


def test_a_later_row_with_the_name_or_code_of_an_earlier_one_is_a_duplicate():
    seen, known = Seen(), Known()
    first = decide(checked(2, name="泉州商会", credit_code=CODE), seen=seen, known=known)
    by_name = decide(checked(3, name="泉州商會 "), seen=seen, known=known)
    by_code = decide(checked(4, name="漳州商会", credit_code=CODE), seen=seen, known=known)
    assert first.fate is Fate.CREATED
    assert (by_name.fate, by_name.of) == (Fate.DUPLICATE, "row 2")
    assert (by_code.fate, by_code.of) == (Fate.DUPLICATE, "row 2")


def test_a_row_with_an_error_is_only_an_error_and_still_compared_with():
    seen, known = Seen(), Known()
    assert decide(checked(52, name="清水商会", tier="Z"), seen=seen, known=known).fate is Fate.ERROR
    assert decide(checked(53, name="清水商会", tier="Z"), seen=seen, known=known).fate is Fate.ERROR
    last = decide(checked(164, name="清水商会"), seen=seen, known=known)
    assert (last.fate, last.of) == (Fate.DUPLICATE, "row 52")


def test_the_same_short_name_or_phone_is_a_hint():
    seen, known = Seen(), Known(short_names={"泉商": 9}, phones={"123456": 8})
    decide(checked(2, name="甲商会", short_name="晋阳商会", phone="0731-111"), seen=seen, known=known)
    again = decide(checked(3, name="乙商会", short_name="晋阳商会", phone="0731 111"), seen=seen, known=known)
    unit = decide(checked(4, name="丙商会", short_name="泉商", phone="12-34-56"), seen=seen, known=known)
    assert again.fate is unit.fate is Fate.CREATED
    assert [(h.column, h.of) for h in again.hints] == [(Column.SHORT_NAME, "row 2"), (Column.PHONE, "row 2")]
    assert [(h.column, h.of) for h in unit.hints] == [
        (Column.SHORT_NAME, "account 9"),
        (Column.PHONE, "account 8"),
    ]


def known_with(*units):
    known = Known()
    for unit in units:
        known.add(unit)
    return known


def test_identity_is_the_code_if_given_else_the_name():
    unit = Existing(42, "泉州商会", CODE, {Column.NAME: "泉州商会", Column.ADDRESS: "旧地址"})
    by_name = decide(checked(2, name="泉州商会", address="新地址"), seen=Seen(), known=known_with(unit))
    by_code = decide(checked(2, name="泉州总商会", credit_code=CODE), seen=Seen(), known=known_with(unit))
    assert (by_name.fate, by_name.unit_id, by_name.changes) == (Fate.UPDATED, 42, {Column.ADDRESS: "新地址"})
    assert (by_code.fate, by_code.changes) == (Fate.UPDATED, {Column.NAME: "泉州总商会"})


def test_a_name_or_code_of_a_merged_unit_means_its_survivor_and_does_not_rename_it():
    values = {Column.NAME: "泉州商会", Column.ADDRESS: "旧地址", Column.CREDIT_CODE: ""}
    unit = Existing(42, "泉州商会", "", values)
    known = known_with(unit)
    known.add_former("泉州总商会", CODE, unit)
    known.add_former("泉商联", "", unit)
    by_name = decide(checked(2, name="泉州总商会", address="新地址"), seen=Seen(), known=known)
    assert (by_name.fate, by_name.unit_id, by_name.changes) == (Fate.UPDATED, 42, {Column.ADDRESS: "新地址"})
    assert decide(checked(3, name="泉商联"), seen=Seen(), known=known).unit_id == 42
    by_code = decide(checked(3, name="泉州商会", credit_code=CODE), seen=Seen(), known=known)
    assert (by_code.fate, by_code.unit_id, by_code.changes) == (Fate.UNCHANGED, 42, {})
    other = Existing(43, "泉商联", "", {Column.NAME: "泉商联"})
    known = known_with(other)
    known.add_former("泉商联", "", unit)
    assert decide(checked(4, name="泉商联"), seen=Seen(), known=known).unit_id == 43


def test_a_blank_cell_never_erases():
    unit = Existing(42, "泉州商会", "", {Column.NAME: "泉州商会", Column.ADDRESS: "旧地址"})
    decision = decide(checked(2, name="泉州商会", address=""), seen=Seen(), known=known_with(unit))
    assert (decision.fate, decision.changes) == (Fate.UNCHANGED, {})


def test_a_unit_that_matches_otherwise_makes_a_duplicate():
    other = Existing(43, "泉州商会", "")
    coded = Existing(44, "漳州商会", CODE)
    row = checked(2, name="泉州商会", credit_code=CODE)
    assert decide(row, seen=Seen(), known=known_with(other)).of == "account 43"
    assert decide(row, seen=Seen(), known=known_with(other, coded)).of == "account 43"


def test_two_rows_for_one_unit_are_a_duplicate_of_the_first():
    unit = Existing(42, "泉州商会", CODE, {Column.NAME: "泉州商会"})
    seen, known = Seen(), known_with(unit)
    assert decide(checked(2, name="泉州商会"), seen=seen, known=known).fate is Fate.UNCHANGED
    assert decide(checked(3, name="泉商联", credit_code=CODE), seen=seen, known=known).of == "row 2"


def test_a_unit_of_somebody_else_is_a_duplicate_named_by_its_holder():
    unit = Existing(42, "泉州商会", "", may_update=False, held_by="Lin, Group 1")
    decision = decide(checked(2, name="泉州商会"), seen=Seen(), known=known_with(unit))
    assert (decision.fate, decision.of) == (Fate.DUPLICATE, "Lin, Group 1")


@given(st.lists(st.sampled_from(["甲商会", "乙商会", "丙商会", "", "x" * 201]), max_size=12))
def test_each_row_has_one_fate_and_each_name_is_created_at_most_once(names):
    seen, report = Seen(), Report()
    for number, name in enumerate(names, 2):
        report.add([decide(checked(number, name=name), seen=seen, known=Known())])
    assert report.rows == sum(report.counts.values()) == len(names)
    assert report.counts[Fate.CREATED] == len({n for n in names if 0 < len(n) <= 200})


def test_a_new_row_is_decided_again_when_somebody_added_the_unit_meanwhile():
    seen, known = Seen(), Known()
    decision = decide(checked(name="泉州商会", phone="0595-22282228"), seen=seen, known=known)
    assert decision.fate is Fate.CREATED
    assert decide_again(decision, seen=seen, known=known).fate is Fate.CREATED
    known.add(Existing(7, decision.row.name_key, "", may_update=False, held_by="Wang"))
    again = decide_again(decision, seen=seen, known=known)
    assert (again.fate, again.is_held, again.of, again.unit_id) == (Fate.DUPLICATE, True, "Wang", 7)


def test_a_fault_found_since_refuses_a_row_whatever_was_decided_before():
    decision = decide(checked(name="泉州商会"), seen=Seen(), known=Known())
    decision.row.faults.append(Fault(Column.OWNER, Problem.OWNER_NOT_YOURS))
    assert decide_again(decision, seen=Seen(), known=Known()).fate is Fate.ERROR


def test_a_row_that_is_not_new_is_not_decided_again():
    seen, known = Seen(), Known()
    first = decide(checked(2, name="泉州商会"), seen=seen, known=known)
    second = decide(checked(3, name="泉州商会"), seen=seen, known=known)
    assert (first.fate, second.fate, second.of) == (Fate.CREATED, Fate.DUPLICATE, "row 2")
    assert decide_again(second, seen=seen, known=Known()) is second
