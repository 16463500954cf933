"""A job sheet from the book's text to the signatures of three people, and that it stays as it was approved (S-135 … S-150)."""

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.errors import BusinessError, ConflictError
from kam.job_sheets.models import JobSheet, JobSheetText
from kam.job_sheets.selectors import own_sheet, shipped_texts, texts_of
from kam.job_sheets.services import SUBJECT, begin_version, discard, hand_in, write_text


@pytest.fixture(autouse=True)
def _routes(db):
    load_default_routes()


def signed(subject, *, by, deciders):
    sheet = begin_version(subject, by=by)
    request = hand_in(sheet, by=by)
    for person in deciders:
        request = approvals.approve(request, by=person, version=request.version)
    sheet.refresh_from_db()
    return sheet


def values(sheet, language="en", **changes):
    return texts_of(sheet)[language] | changes


def test_director_prepares_hr_reviews_the_general_manager_approves(cast):
    sheet = signed("manager", by=cast.director, deciders=[cast.hr, cast.gm])
    assert (sheet.state, sheet.prepared_by, sheet.reviewed_by, sheet.approved_by) == (
        "approved",
        cast.director,
        cast.hr,
        cast.gm,
    )
    assert sheet.reviewed_on == sheet.approved_on == sheet.prepared_on
    assert own_sheet(cast.manager) == sheet


def test_what_hr_prepares_the_director_reviews(cast):
    sheet = signed("clerk", by=cast.hr, deciders=[cast.director, cast.gm])
    assert (sheet.reviewed_by, sheet.approved_by) == (cast.director, cast.gm)


def test_the_book_has_five_sheets_in_three_languages_and_the_clerks_duties_stand_on_the_specialists():
    told = shipped_texts()
    assert sorted(told) == ["clerk", "department", "director", "manager", "specialist"]
    assert {lang for boxes in told.values() for lang in boxes} == {"en", "zh-hans", "zh-hant"}
    assert [len(told[s]["en"]["duties"].splitlines()) for s in ("director", "manager", "clerk")] == [9, 9, 6]
    for language in ("en", "zh-hans", "zh-hant"):
        assert told["specialist"][language]["duties"].endswith(told["clerk"][language]["duties"])


def test_the_next_version_begins_with_the_text_in_force_and_earlier_ones_are_kept(cast):
    first = signed("clerk", by=cast.director, deciders=[cast.hr, cast.gm])
    second = begin_version("clerk", by=cast.hr)
    second = write_text(second, "en", values(second, duties="All"), note="shorter", by=cast.hr, version=1)
    request = hand_in(second, by=cast.hr)
    for person in (cast.director, cast.gm):
        request = approvals.approve(request, by=person, version=request.version)
    assert (second.number, own_sheet(cast.clerk)) == (2, second)
    assert texts_of(first)["en"]["duties"] == shipped_texts()["clerk"]["en"]["duties"]
    assert texts_of(second)["en"]["duties"] == "All"


def test_one_unfinished_version_at_a_time(cast):
    begin_version("clerk", by=cast.director)
    with pytest.raises(ConflictError, match="being written already"):
        begin_version("clerk", by=cast.hr)
    assert JobSheet.objects.count() == 1


def test_a_version_that_lacks_something_is_not_handed_in(cast):
    sheet = begin_version("clerk", by=cast.director)
    sheet = write_text(sheet, "en", values(sheet, duties=""), note="", by=cast.director, version=1)
    with pytest.raises(BusinessError, match=r"Duties \(en\)"):
        hand_in(sheet, by=cast.director)
    sheet.refresh_from_db()
    assert (sheet.state, request_for(SUBJECT, sheet)) == ("draft", None)


def test_a_stale_page_and_a_handed_in_version_write_nothing(cast):
    sheet = begin_version("clerk", by=cast.director)
    with pytest.raises(ConflictError):
        write_text(sheet, "en", values(sheet, duties="x"), note="", by=cast.hr, version=9)
    hand_in(sheet, by=cast.director)
    with pytest.raises(BusinessError, match="begin a new one"):
        write_text(sheet, "en", values(sheet, duties="x"), note="", by=cast.hr, version=None)
    assert texts_of(sheet)["en"]["duties"] == shipped_texts()["clerk"]["en"]["duties"]


def test_returned_it_is_written_again_or_given_up(cast):
    sheet = begin_version("clerk", by=cast.director)
    request = hand_in(sheet, by=cast.director)
    approvals.return_for_changes(request, by=cast.hr, version=request.version, reason="unclear")
    sheet.refresh_from_db()
    assert sheet.state == "returned"
    assert discard(sheet, by=cast.hr).state == "withdrawn"
    assert request_for(SUBJECT, sheet).state == "withdrawn"
    assert begin_version("clerk", by=cast.hr).number == 2


def test_a_draft_is_given_up_and_a_rejected_one_is_over(cast):
    assert discard(begin_version("clerk", by=cast.hr), by=cast.hr).state == "withdrawn"
    sheet = begin_version("clerk", by=cast.director)
    request = hand_in(sheet, by=cast.director)
    approvals.reject(request, by=cast.hr, version=request.version, reason="no")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.approved_by) == ("rejected", None)


def test_nobody_signs_twice_in_the_table_either(cast):
    sheet = begin_version("clerk", by=cast.director)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobSheet.objects.filter(pk=sheet.pk).update(
            state="approved", approved_by=cast.director, approved_on=sheet.prepared_on
        )


def test_the_database_itself_keeps_what_was_approved(cast):
    sheet = signed("clerk", by=cast.director, deciders=[cast.hr, cast.gm])
    for change in (
        lambda: JobSheet.objects.filter(pk=sheet.pk).update(change_note="x"),
        lambda: JobSheetText.objects.filter(sheet=sheet).update(duties="x"),
        lambda: JobSheetText.objects.filter(sheet=sheet).delete(),
    ):
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            change()
    assert texts_of(sheet)["en"]["duties"] == shipped_texts()["clerk"]["en"]["duties"]


def test_the_application_may_delete_neither_versions_nor_texts(db):
    with connection.cursor() as cursor:
        for table in ("job_sheets_jobsheet", "job_sheets_jobsheettext"):
            for right in ("DELETE", "TRUNCATE", "TRIGGER"):
                cursor.execute("select has_table_privilege(%s, %s, %s)", [settings.APP_ROLE, table, right])
                assert cursor.fetchone() == (False,), (table, right)
