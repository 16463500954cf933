"""Targets from a spreadsheet over HTTP: template, preview, faults at the cell, all or nothing."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kam.lists.writers import write_xlsx
from kpi.targets.models import Target
from tests.factories.kpi import make_target

pytestmark = pytest.mark.django_db
URL = "/kpi/targets/import/"
HEADS = (
    "Year",
    "Measure",
    "Person (staff number)",
    "Target of the year",
    "Recent sales per head",
    "01",
    "02",
)


def book(*rows, heads=HEADS):
    file = io.BytesIO()
    write_xlsx(file, heads, rows)
    return {"file": SimpleUploadedFile("targets.xlsx", file.getvalue())}


def test_a_file_is_looked_at_and_written_as_a_whole(cast, client_of):
    director = client_of(cast.director)
    rows = [
        (2027, "sales.actual", cast.owner.staff_number, 3_000_000, "人均 260 万", None, None),
        (2027, "visits.held", cast.same_team.name, None, "", 6, 4),
        (2027, "sales.actual", cast.other_team.staff_number, None, "", None, None),
    ]
    page = director.post(URL, book(*rows))
    assert (page.status_code, page.context["faults"], page.context["left_out"]) == (200, 0, 1)
    assert Target.objects.count() == 0
    answer = director.post(URL, {"rows": page.context["kept"]})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kpi/targets/")
    told = {row.measure: row for row in Target.objects.all()}
    assert {key: (row.person_id, row.amount, row.recent) for key, row in told.items()} == {
        "sales.actual": (cast.owner.pk, 3_000_000, "人均 260 万"),
        "visits.held": (cast.same_team.pk, 10, ""),
    }
    assert list(told["visits.held"].months.values_list("amount", flat=True)) == [6, 4, *[0] * 10]
    again = director.post(URL, {"rows": page.context["kept"]})
    assert (again.status_code, Target.objects.count()) == (422, 2)


def test_one_cell_that_cannot_be_keeps_the_whole_file_out(cast, client_of):
    make_target(1, "visits.held", year=2027, person=cast.same_team)
    manager = client_of(cast.manager)
    rows = [
        (2027, "sales.actual", cast.owner.staff_number, 3_000_000, "", None, None),
        (2027, "sales.actual", cast.other_team.staff_number, "many", "", None, "x"),
        (2027, "visits.held", cast.same_team.staff_number, 5, "", None, None),
    ]
    page = manager.post(URL, book(*rows))
    text = page.content.decode()
    assert (page.status_code, page.context["faults"]) == (422, 2)
    assert "nobody and nothing of yours is called so" in text
    assert "not an amount" in text
    assert "there is a target like this already" in text
    forced = manager.post(URL, {"rows": page.context["kept"]})
    assert (forced.status_code, Target.objects.count()) == (422, 1)


def test_a_file_without_any_amount_says_so(cast, client_of):
    client = client_of(cast.manager)
    template = client.get("/kpi/targets/template.xlsx")
    page = client.post("/kpi/targets/import/", {"file": SimpleUploadedFile("t.xlsx", template.getvalue())})
    assert "No row of this file has an amount" in page.content.decode()
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "Choose a file"),
        ({"rows": "[[1, {"}, "Choose the file again"),
        ({"rows": "[]"}, "No row has an amount"),
        (book(heads=("Year", "Measure")), "Keep the headings of the template"),
        (book(heads=("Year", "YEAR", "Measure", "Target of the year")), "Keep the headings"),
        ({"file": SimpleUploadedFile("a.xlsx", b"")}, "The file is empty"),
        ({"file": SimpleUploadedFile("a.csv", b"\n\n")}, "The file is empty"),
        ({"rows": '[[1e999, {"year": "2027"}]]'}, "Choose the file again"),
        ({"file": SimpleUploadedFile("a.csv", ("Year,Measure,Target of the year\n" * 2_001).encode())}, "at most 2000 rows"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_targets_is_said_at_the_field(cast, client_of, told, words):
    answer = client_of(cast.director).post(URL, told)
    assert (answer.status_code, Target.objects.count()) == (422, 0)
    assert words in answer.content.decode()


def test_the_template_names_whose_targets_one_sets(cast, client_of):
    from openpyxl import load_workbook

    for who, people in ((cast.manager, {cast.owner, cast.same_team, cast.lead}), (cast.director, None)):
        answer = client_of(who).get("/kpi/targets/template.xlsx")
        rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert (rows[0][0], rows[0][2], rows[0][-1]) == ("Year", "Person (staff number)", "12")
        named = {row[2] for row in rows[1:] if row[2]}
        assert named == {one.staff_number for one in people} if people else len(named) > 3
