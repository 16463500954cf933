"""The cooperation evaluation report is written, kept as it stood, and ticks the seventh step (S-065)."""

from datetime import date, timedelta

import psycopg2
import pypdfium2
import pytest

from accounts.complaints.models import CooperationReport
from accounts.complaints.services_report import Evaluation, write_report
from accounts.development.registry import told_events
from accounts.development.terms import Told
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.factories.accounts import make_unit

BODY = {
    "first_on": "2026-01-05",
    "last_on": "2026-03-31",
    "score": "4",
    "experience": "使用人满意",
    "needs": "年底礼盒",
}


@pytest.mark.django_db
def test_written_kept_and_asked_by_the_seventh_step(cast, client_of):
    unit, today, client = make_unit("泉州商会", owner=cast.owner), business_date(), client_of(cast.owner)
    assert told_events([unit.pk], today)[unit.pk][Told.REPORTS] == ()
    address = f"/accounts/{unit.pk}/cooperation/new/"
    later = (today + timedelta(1)).isoformat()
    for wrong in ({"score": "6"}, {"experience": ""}, {"last_on": "2026-01-04"}, {"last_on": later}):
        assert client.post(address, BODY | wrong).status_code == 422
    assert not CooperationReport.objects.exists()
    assert client.post(address, BODY).status_code == 302
    row = CooperationReport.objects.get()
    (event,) = told_events([unit.pk], today)[unit.pk][Told.REPORTS]
    assert (event.on, event.label) == (today, row.number)
    assert row.number in client.get(f"/accounts/{unit.pk}/tabs/complaints/").content.decode()
    answer = client.get(row.get_absolute_url() + "?language=zh-hans")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    assert all(word in text for word in ("使用人满意", "年底礼盒", "4 / 5", row.number))
    assert client_of(cast.other_team).get(row.get_absolute_url()).status_code == 404
    with pytest.raises(BusinessError):
        write_report(unit, (today, date(2026, 1, 1)), Evaluation(4, "x"), by=cast.owner)


@pytest.mark.django_db(transaction=True)
def test_nobody_rewrites_a_report(cast, as_application):
    unit, today = make_unit(owner=cast.owner), business_date()
    row = write_report(unit, (today, today), Evaluation(4, "x"), by=cast.owner)
    for sql in ("update accounts_cooperationreport set score = 5", "delete from accounts_cooperationreport"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            as_application(sql)
    row.refresh_from_db()
    assert row.score == 4
