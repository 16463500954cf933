"""The clerk hands the statistics of a month in: as they stood, by a day, read once; and the database keeps them so."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from psycopg2.errors import InsufficientPrivilege

from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError, ConflictError
from kpi.statistics import services
from kpi.statistics.models import Statement
from kpi.statistics.selectors import owed_by, unread_by
from tests.factories.accounts import make_unit
from tests.factories.kpi import JUNE, at
from tests.factories.visits import make_visit
from tests.kpi.reports.test_reports import TODAY, fill

pytestmark = pytest.mark.django_db
ON_TIME, LATE = datetime(2026, 7, 5, 15, 59, tzinfo=UTC), datetime(2026, 7, 5, 16, 0, tzinfo=UTC)

COLUMNS = "created_at, first_day, revision, author_id, note, figures, due_on, handed_in_at, is_late, remark"
TWICE = f"insert into kpi_statement ({COLUMNS}) select {COLUMNS} from kpi_statement where revision = 2"


def handed_in(cast, now=ON_TIME, revision=1, note=""):
    return services.hand_in(JUNE, revision=revision, note=note, by=cast.clerk, now=now)


def visits_of(statement):
    part = next(part for part in statement.figures if part["key"] == "visits")
    return next(row["told"] for row in part["rows"] if row["key"] == "count")


def test_from_the_figures_of_the_clerk_to_the_remark_of_the_director(cast, client_of):
    with at(TODAY):
        fill(cast)
    clerk, director = client_of(cast.clerk), client_of(cast.director)
    with at(date(2026, 7, 3)):
        assert "Not handed in yet" in clerk.get("/reports/statistics/?month=2026-06").content.decode()
        assert "Hand in the statistics of 2026-06" in clerk.get("/").content.decode()
        told = {"month": "2026-06", "revision": "1", "note": "两张补录"}
        page = clerk.get("/reports/statistics/hand-in/?month=2026-06")
        assert page.context["form"].initial == {"month": "2026-06", "revision": 1}
        assert clerk.post("/reports/statistics/hand-in/", told | {"month": "x"}).status_code == 422
        assert clerk.post("/reports/statistics/hand-in/", told | {"month": "2026-07"}).status_code == 422
        assert Statement.objects.count() == 0
        answer = clerk.post("/reports/statistics/hand-in/", told)
        row = Statement.objects.get()
        url = row.get_absolute_url()
        assert (answer.status_code, answer.headers["Location"]) == (302, url)
        assert clerk.post("/reports/statistics/hand-in/", told).status_code == 409  # a second click
        make_visit(make_unit("后来补录", owner=cast.owner), user=cast.owner, on=date(2026, 6, 28))
        page = director.get(url)
        assert "两张补录" in page.content.decode()
        (visits,) = (part for part in page.context["parts"] if part.key == "visits")
        assert [told.amount for told in visits.rows[0].told] == [4, 1, 0]  # as it stood
        for part in page.context["parts"]:
            assert director.get(part.rows[0].told[0].url).status_code == 200
        assert "Statistics of June 2026" in director.get("/").content.decode()
        assert director.get(f"{url}statistics.pdf")["Content-Type"] == "application/pdf"
        assert director.post(f"{url}read/", {"remark": "回访要及时"}).status_code == 302
        assert director.post(f"{url}read/", {"remark": "x"}).status_code == 403
        assert "Hand in a revision" in clerk.get("/reports/statistics/?month=2026-06").content.decode()
        page = clerk.get("/reports/statistics/hand-in/?month=2026-06")
        assert page.context["form"].fields["note"].required
        said = page.content.decode()
        assert "Hand in revision 2 of the statistics of 2026-06" in said
        assert f"{cast.clerk.name} handed this month in at" in said
        again = {"month": "2026-06", "revision": "2", "note": "补录一次拜访"}
        assert clerk.post("/reports/statistics/hand-in/", again | {"note": " "}).status_code == 422
        assert clerk.post("/reports/statistics/hand-in/", again).status_code == 302
        listed = director.get("/reports/statistics/handed-in/?unread=true").content.decode()
        assert "2026-06" in listed
        second = Statement.objects.get(revision=2).get_absolute_url()
        assert "revision 2" in director.get(second).content.decode()
    row.refresh_from_db()
    assert (row.read_by, row.remark, row.is_late, row.due_on) == (
        cast.director, "回访要及时", False, date(2026, 7, 5)
    )  # fmt: skip
    assert [visits_of(one) for one in Statement.objects.order_by("revision")] == [
        ["4", "1", "0"],
        ["5", "1", "0"],
    ]
    assert [entry.act for entry in AuditEntry.objects.filter(act__startswith="kpi.statistics").order_by("pk")] == [
        "kpi.statistics.handed_in", "kpi.statistics.read", "kpi.statistics.handed_in"
    ]  # fmt: skip
    assert cast.director.notices.filter(kind="kpi.statistics").count() == 2
    (notice,) = cast.clerk.notices.filter(kind="kpi.statistics")
    assert "says something" in notice.text


def test_refusals_hand_nothing_in(cast):
    running = datetime(2026, 6, 30, 15, 59, tzinfo=UTC)
    with pytest.raises(BusinessError, match="not over"):
        handed_in(cast, running)
    with pytest.raises(ConflictError, match="meanwhile"):
        handed_in(cast, revision=2, note="x")
    assert not Statement.objects.exists()
    row = handed_in(cast)
    with pytest.raises(BusinessError, match="what changed"):
        handed_in(cast, revision=2, note=" ")
    assert list(Statement.objects.all()) == [row]
    services.mark_read(row, remark="", by=cast.director)
    with pytest.raises(ConflictError, match="meanwhile"):
        services.mark_read(row, remark="x", by=cast.gm)
    row.refresh_from_db()
    assert (row.read_by, row.remark, cast.clerk.notices.count()) == (cast.director, "", 0)


def test_late_by_the_clock_of_the_department_and_only_the_first_time(cast):
    assert handed_in(cast, LATE).is_late
    assert not handed_in(cast, LATE, revision=2, note="补录").is_late


def test_the_database_keeps_what_was_handed_in(cast, as_application):
    row = services.mark_read(handed_in(cast), remark="好", by=cast.director)
    handed_in(cast, revision=2, note="补录")
    refused = (
        ("update kpi_statement set figures = '[]' where revision = 2", (InternalError, ProgrammingError)),
        ("update kpi_statement set remark = 'x' where revision = 1", (InternalError, ProgrammingError)),
        (f"update kpi_statement set read_at = now(), read_by_id = {cast.clerk.pk} where revision = 2", IntegrityError),
        (TWICE, IntegrityError),
    )  # fmt: skip
    with pytest.raises(InsufficientPrivilege):
        as_application("delete from kpi_statement")
    for sql, error in refused:
        with pytest.raises(error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    row.refresh_from_db()
    assert (row.remark, Statement.objects.count()) == ("好", 2)


def test_who_owes_and_who_reads_says_so_today(cast):
    people = [cast.clerk]
    assert owed_by(people, date(2026, 7, 5))[cast.clerk.pk][0][0].startswith(
        "Hand in the statistics of 2026-06"
    )
    assert "are late" in owed_by(people, date(2026, 7, 6))[cast.clerk.pk][0][0]
    first = handed_in(cast)
    second = handed_in(cast, revision=2, note="补录")
    assert owed_by(people, date(2026, 7, 6)) == {}
    heads = [cast.director, cast.gm]
    assert unread_by(heads, date(2026, 7, 6)) == {one.pk: [second] for one in heads}
    services.mark_read(second, remark="", by=cast.director)
    assert unread_by(heads, date(2026, 7, 6)) == {}  # who read the second knows what the first said
    third = handed_in(cast, revision=3, note="再补录")
    assert unread_by(heads, date(2026, 7, 6)) == {one.pk: [third] for one in heads}
    assert Statement.objects.get(pk=first.pk).read_at is None
