"""The command: its report, its exit codes, what it writes, and that a second run adds nothing."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from accounts.units.models import KeyAccount, Observation, Ownership, StatusChange
from accounts.units.services import create_unit
from accounts.units.terms import Field
from kam.audit.models import AuditEntry
from tests.accounts.imports.conftest import GOOD_CODE, HEADS, WRONG_CODE, faulty_sheet, good_row, sheet_of

pytestmark = pytest.mark.django_db


def state():
    """What must not change when nothing is written."""
    return [list(m.objects.order_by("pk").values()) for m in (KeyAccount, Observation, Ownership, AuditEntry)]


def test_a_dry_run_names_exactly_the_wrong_and_the_double_rows(import_units, saved, sheet, sellers):
    before = state()
    code, report = import_units(saved(sheet.xlsx(), "u.xlsx"), "--dry-run")
    assert code == 0
    assert {error["row"]: (error["column"],) for error in report["errors"]} == sheet.errors
    assert {row["row"]: row["of"] for row in report["duplicates"]} == sheet.duplicates
    assert (report["rows"], report["created"], report["updated"], report["unchanged"]) == (60, 49, 0, 0)
    assert state() == before


def test_writing_and_writing_again(import_units, saved, sheet, sellers):
    path = saved(sheet.xlsx(), "u.xlsx")
    _code, first = import_units(path)
    units = KeyAccount.objects.count()
    audited = AuditEntry.objects.count()
    _code, second = import_units(path)
    assert (first["created"], units, second["created"], second["unchanged"]) == (49, 49, 0, 49)
    assert second["errors"] == first["errors"]
    assert second["duplicates"] == first["duplicates"]
    assert (KeyAccount.objects.count(), AuditEntry.objects.count()) == (units, audited)


def test_a_unit_is_written_with_everything_that_adding_by_hand_writes(import_units, saved, sellers):
    sheet = sheet_of(good_row(0), good_row(1))
    sheet.rows[1][2] = GOOD_CODE
    sheet.rows[1][12] = '=HYPERLINK("http://127.0.0.1/","x")'
    import_units(saved(sheet.csv("utf-8"), "u.csv"))
    unit = KeyAccount.objects.get(name=sheet.rows[1][0])
    by_hand = create_unit({"name": "泉州手工商会", "channel": "chamber"}, by=None, owner=sellers[0])
    assert (unit.credit_code, unit.channel, unit.tier, unit.owner, unit.team) == (
        GOOD_CODE,
        "chamber",
        "B",
        sellers[1],
        sellers[1].memberships.get().team,
    )
    assert (unit.file_number, unit.name_key, unit.industry.name) == (
        f"KA-{unit.pk:06d}",
        "漳州恒泰001商会",
        "建材",
    )
    assert unit.initials.startswith("zzht0sh")
    assert unit.sort_key.startswith("zhangzhou")
    assert {o.field: o.value for o in unit.observations.all()} == {
        Field.HEADCOUNT: 101,
        Field.INCOME: "50000",
        Field.MAIN_BUSINESS: "批发",
        Field.SPECIAL: '=HYPERLINK("http://127.0.0.1/","x")',
    }
    for model in (Ownership, StatusChange):
        assert model.objects.filter(unit=unit).count() == model.objects.filter(unit=by_hand).count() == 1
    acts = AuditEntry.objects.filter(object_type="accounts.keyaccount")
    assert acts.get(object_id=unit.pk).act == acts.get(object_id=by_hand.pk).act == "accounts.unit.created"
    assert acts.get(object_id=unit.pk).actor_label == "system: accounts.import_units"


def test_a_later_file_updates_and_a_blank_cell_never_erases(import_units, saved, sellers):
    first = good_row(1)
    import_units(saved(sheet_of(first).xlsx(), "u.xlsx"))
    changed = list(first)
    changed[5], changed[7], changed[6] = "新地址1号", 700, None
    _code, report = import_units(saved(sheet_of(changed).xlsx(), "u.xlsx"))
    unit = KeyAccount.objects.get()
    assert (report["updated"], report["created"]) == (1, 0)
    assert (unit.address, unit.phone, unit.version) == ("新地址1号", first[6], 2)
    assert unit.observations.filter(field=Field.HEADCOUNT).current().get().value == 700
    assert unit.observations.filter(field=Field.HEADCOUNT).count() == 2
    entry = AuditEntry.objects.filter(act="accounts.unit.edited").get()
    assert entry.changes == {"address": [first[5], "新地址1号"], "headcount": [None, 700]}


def test_an_import_never_takes_a_unit_from_its_owner(import_units, saved, sellers):
    row = good_row(1)
    import_units(saved(sheet_of(row).xlsx(), "u.xlsx"))
    row[11] = "specialist7"
    _code, report = import_units(saved(sheet_of(row).xlsx(), "u.xlsx"))
    assert report["unchanged"] == 1
    assert KeyAccount.objects.get().owner == sellers[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_csv_gives_the_same_units(import_units, saved, sheet, sellers, encoding):
    _code, one = import_units(saved(sheet.xlsx(), "u.xlsx"), "--dry-run")
    _code, other = import_units(saved(sheet.csv(encoding), "u.csv"), "--dry-run")
    assert one == other


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "empty.csv"), (b"PK\x03\x04broken", "u.xlsx"), ("电话\n1\n".encode(), "u.csv")],
)
def test_a_file_that_cannot_be_read_exits_with_two(import_units, saved, content, name):
    before = state()
    code, report = import_units(saved(content, name))
    assert code == 2
    assert list(report) == ["error"]
    assert state() == before


def test_a_missing_file_exits_with_two_and_an_unknown_person_with_one(import_units, saved, sheet):
    assert import_units(Path("/nowhere/units.xlsx"))[0] == 2
    assert import_units(saved(sheet.xlsx(), "u.xlsx"), "--by", "nobody")[0] == 1


def test_rights_follow_the_position(import_units, saved, cast):
    def rows_for(*owners):
        rows = [good_row(n) for n in range(len(owners))]
        for row, owner in zip(rows, owners, strict=True):
            row[11] = owner
        return saved(sheet_of(*rows).xlsx(), "u.xlsx")

    path = rows_for("owner", "same-team", "other-team", None)
    expected = {"clerk": 4, "director": 4, "admin": 4, "manager": 3, "owner": 2, "lead": 1, "finance": None}
    for person, count in expected.items():
        code, report = import_units(path, "--dry-run", "--by", person)
        assert (code, report.get("created")) == ((0, count) if count is not None else (1, None)), person


def test_a_unit_of_another_team_is_a_duplicate_and_is_not_touched(import_units, saved, cast):
    row = good_row(1)
    row[11] = "other-team"
    import_units(saved(sheet_of(row).xlsx(), "u.xlsx"))
    row[11], row[5] = "owner", "elsewhere"
    before = list(KeyAccount.objects.values())
    _code, report = import_units(saved(sheet_of(row).xlsx(), "u.xlsx"), "--by", "owner")
    assert [d["of"] for d in report["duplicates"]] == ["held by Other-Team, Group 2"]
    assert (report["created"], report["updated"]) == (0, 0)
    assert list(KeyAccount.objects.values()) == before


def test_a_wrong_code_is_told_with_the_right_character(import_units, saved, sellers):
    row = good_row(1)
    row[2] = WRONG_CODE
    _code, report = import_units(saved(sheet_of(row).xlsx(), "u.xlsx"), "--dry-run")
    (error,) = report["errors"]
    assert (error["row"], error["column"]) == (2, HEADS[2])
    assert "L" in error["message"]


def test_the_number_of_queries_does_not_grow_with_the_rows(
    import_units, saved, sellers, django_assert_max_num_queries
):
    for count in (3, 300):
        path = saved(faulty_sheet(max(count, 60)).xlsx(), f"{count}.xlsx")
        with django_assert_max_num_queries(10):
            import_units(path, "--dry-run")


SHARED = settings.BASE_DIR.parent / "shared" / "data"


@pytest.mark.skipif(not (SHARED / "units.xlsx").exists(), reason="the sample file lies beside the repository")
@pytest.mark.parametrize("name", ["units.xlsx", "units.gbk.csv"])
def test_the_sample_file(import_units, sellers, name):
    faults = json.loads((SHARED / "units.faults.json").read_text())
    _code, report = import_units(SHARED / name, "--dry-run")
    notes = {fault["row"]: fault["note"] for fault in faults["faults"]}
    assert (report["rows"], report["created"]) == (300, 254)
    assert [error["row"] for error in report["errors"]] == faults["error_rows"]
    assert {d["row"]: d["of"] for d in report["duplicates"]} == {
        r: notes[r] for r in faults["duplicate_rows"]
    }
    assert {e["row"]: e["column"] for e in report["errors"]} == {
        f["row"]: f["column"] for f in faults["faults"] if f["kind"] == "error"
    }
