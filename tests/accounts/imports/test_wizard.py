"""The import in the browser: file, columns, preview, mending, writing; and the file of errors."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook  # noqa: TID253 -- a test reads the file that is offered

from accounts.imports import services_wizard as wizard
from accounts.imports.models import ImportRow, RememberedMapping, UnitImport
from accounts.imports.terms import ImportState
from accounts.units.models import KeyAccount
from kam.audit.models import AuditEntry
from kam.users.terms import Position
from tests.accounts.imports.conftest import HEADS, good_row, sheet_of
from tests.factories.kam import make_user

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def clerk(db):
    return make_user("clerk", Position.CLERK)


@pytest.fixture
def client(clerk, client_of):
    return client_of(clerk)


def send(client, content, name="units.xlsx"):
    return client.post("/accounts/import/", {"file": SimpleUploadedFile(name, content)})


def columns_of(unit_import, **values):
    chosen = {f"column_{place}": column for place, column in unit_import.mapping.items()}
    return {"update_existing": "yes", "allow_ownerless": "on", "label": ""} | chosen | values


@pytest.fixture
def checked(client, sheet, sellers):
    """A file with every kind of fault, up to its preview."""
    answer = send(client, sheet.xlsx())
    unit_import = UnitImport.objects.get()
    assert answer.url == f"/accounts/import/{unit_import.pk}/columns/"
    assert client.get(answer.url).status_code == 200
    answer = client.post(answer.url, columns_of(unit_import, label="Office list"))
    assert answer.url == f"/accounts/import/{unit_import.pk}/"
    unit_import.refresh_from_db()
    return unit_import


def test_the_preview_counts_and_names_what_stays_outside(client, checked, sheet):
    html = client.get(checked.get_absolute_url()).content.decode()
    assert (checked.state, checked.counts["created"], checked.counts["error"], checked.counts["duplicate"]) == (
        ImportState.CHECKED, 49, 8, 3,
    )  # fmt: skip
    assert set(checked.rows.values_list("number", flat=True)) == sheet.errors.keys() | sheet.duplicates.keys()
    assert "约500人" in html
    assert "Write 49 rows" in html
    assert KeyAccount.objects.count() == 0
    assert client.get("/accounts/import/").status_code == 200


def test_the_mapping_is_remembered_for_the_same_headings(client, checked, sheet):
    assert RememberedMapping.objects.get().label == "Office list"
    place = HEADS.index("备注")
    client.post(f"/accounts/import/{checked.pk}/columns/", columns_of(checked, **{f"column_{place}": ""}))
    send(client, sheet.xlsx(), "again.xlsx")
    assert str(place) not in UnitImport.objects.latest("pk").mapping


def test_a_cell_is_mended_in_the_browser_and_undone(client, checked):
    url = f"/accounts/import/{checked.pk}/rows/5/"
    answer = client.post(url, {"column": "headcount", "text": "500"}, **HTMX)
    row = ImportRow.objects.get(unit_import=checked, number=5)
    checked.refresh_from_db()
    assert (answer.status_code, row.fate, row.faults) == (200, "created", [])
    assert (checked.counts["error"], checked.counts["created"]) == (7, 50)
    assert b'hx-swap-oob="true"' in answer.content
    client.post(url, {"column": "headcount", "undo": "1"}, **HTMX)
    row.refresh_from_db()
    checked.refresh_from_db()
    assert (row.fate, row.cells["headcount"], checked.counts["error"]) == ("error", "约500人", 8)


def test_a_mended_channel_is_said_in_words(client, checked):
    answer = client.post(
        f"/accounts/import/{checked.pk}/rows/7/", {"column": "channel", "text": "school"}, **HTMX
    )
    assert '<span class="num">School or college</span>' in answer.content.decode()


def test_a_cell_mended_wrongly_stays_an_error(client, checked):
    client.post(f"/accounts/import/{checked.pk}/rows/5/", {"column": "headcount", "text": "many"}, **HTMX)
    row = ImportRow.objects.get(unit_import=checked, number=5)
    assert (row.fate, row.cells["headcount"]) == ("error", "many")


def test_writing_takes_the_mended_rows_in_and_reports(client, checked, clerk):
    client.post(f"/accounts/import/{checked.pk}/rows/5/", {"column": "headcount", "text": "500"})
    answer = client.post(f"/accounts/import/{checked.pk}/write/")
    checked.refresh_from_db()
    assert (answer.status_code, checked.state, checked.job.total) == (302, ImportState.WRITING, 60)
    assert b"hx-trigger" in client.get(checked.get_absolute_url()).content
    assert "HX-Refresh" not in client.get(checked.get_absolute_url(), **HTMX).headers
    assert wizard.write(job_id=checked.job.pk) is True
    assert wizard.write(job_id=checked.job.pk) is False
    checked.refresh_from_db()
    checked.job.refresh_from_db()
    assert (checked.state, checked.counts["created"], KeyAccount.objects.count()) == (
        ImportState.WRITTEN,
        50,
        50,
    )
    assert (checked.job.state, checked.job.done) == ("done", 60)
    assert AuditEntry.objects.filter(act="accounts.import.written", actor=clerk).count() == 1
    assert AuditEntry.objects.filter(act="accounts.unit.created", actor=clerk).count() == 50
    assert "written" in client.get(checked.get_absolute_url()).content.decode()
    assert client.get(checked.get_absolute_url(), **HTMX).headers["HX-Refresh"] == "true"


def test_writing_twice_is_refused_and_stopping_keeps_what_is_written(client, checked, clerk):
    url = f"/accounts/import/{checked.pk}/"
    client.post(f"{url}write/")
    assert client.post(f"{url}write/").status_code == 409
    assert client.post(f"{url}rows/5/", {"column": "headcount", "text": "5"}, **HTMX).status_code == 409
    assert client.post(f"{url}stop/").status_code == 302
    checked.refresh_from_db()
    assert (checked.state, KeyAccount.objects.count()) == (ImportState.STOPPED, 0)
    assert wizard.write(job_id=checked.job.pk) is False
    assert client.post(f"{url}write/").status_code == 302


def test_the_file_of_errors_can_be_mended_and_fed_in_again(client, checked, sheet):
    answer = client.get(f"/accounts/import/{checked.pk}/errors.xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0] == (*HEADS, "reason")
    assert len(rows) == 1 + len(sheet.errors)
    assert all(row[-1] for row in rows[1:])
    send(client, answer.content, "errors.xlsx")
    again = UnitImport.objects.latest("pk")
    client.post(f"/accounts/import/{again.pk}/columns/", columns_of(again))
    again.refresh_from_db()
    assert (again.total, again.counts["error"]) == (8, 8)


def test_a_formula_in_the_file_of_errors_is_text(client, sellers):
    row = good_row(1)
    row[10], row[12] = "Z", '=HYPERLINK("http://127.0.0.1/","x")'
    send(client, sheet_of(row).xlsx())
    made = UnitImport.objects.get()
    client.post(f"/accounts/import/{made.pk}/columns/", columns_of(made))
    answer = client.get(f"/accounts/import/{made.pk}/errors.xlsx")
    cell = load_workbook(io.BytesIO(answer.content)).active.cell(2, 13)
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://127.0.0.1/","x")', "s")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0"])
def test_an_unreadable_file_is_answered_at_the_field(client, content):
    answer = send(client, content)
    assert (answer.status_code, UnitImport.objects.count()) == (422, 0)
    assert b"invalid-feedback" in answer.content


def test_columns_that_mean_the_same_are_refused(client, sellers, sheet):
    send(client, sheet.xlsx())
    made = UnitImport.objects.get()
    answer = client.post(f"/accounts/import/{made.pk}/columns/", columns_of(made, column_1="name"))
    made.refresh_from_db()
    assert (answer.status_code, made.state) == (422, ImportState.UPLOADED)


def test_the_file_of_somebody_else_is_not_there(client_of, checked):
    other = client_of(make_user("clerk2", Position.CLERK))
    for path in ("", "columns/", "errors.xlsx"):
        assert other.get(f"/accounts/import/{checked.pk}/{path}").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_markup_in_a_cell_stays_text(client_of, sellers, language):
    person = make_user("clerk3", Position.CLERK, language=language)
    client = client_of(person)
    row = good_row(1)
    row[0], row[10] = "<script>alert(1)</script>商会", "Z"
    send(client, sheet_of(row).xlsx())
    made = UnitImport.objects.get()
    client.post(f"/accounts/import/{made.pk}/columns/", columns_of(made))
    html = client.get(made.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
