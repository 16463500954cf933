"""The statistics of a month: each figure is the rows it opens, each reader has their own; the file says the same (S-268)."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from kam.audit.models import AuditEntry
from kam.core.periods import month_of
from kpi.measures.rules import DEPARTMENT
from kpi.measures.selectors import figures_of
from kpi.reports.registry import source_called
from kpi.reports.selectors import Asked, pivot_of
from kpi.statistics.selectors import statistics_of
from tests.factories.accounts import make_unit
from tests.factories.kpi import at
from tests.factories.visits import make_visit
from tests.kpi.reports.test_reports import TODAY, fill
from tests.kpi.reports.test_sources import file_form
from visits.visits.models import Visit

JUNE = month_of(date(2026, 6, 1))
PAGE = "/reports/statistics/?month=2026-06"


def told(user, key):
    part = next(part for part in statistics_of(user, JUNE) if part.key == key)
    return [tuple(one.amount for one in row.told) for row in part.rows]


@pytest.mark.django_db
def test_each_reader_has_the_statistics_of_their_rows(cast):
    with at(TODAY):
        fill(cast)
        file_form(cast.owner, date(2026, 6, 3), is_late=True)
        make_visit(make_unit("去年", owner=cast.owner), user=cast.owner, on=date(2025, 6, 2))
    counted = {user: told(user, "visits")[0] for user in (cast.owner, cast.other_team, cast.clerk)}
    assert counted == {cast.owner: (3, 1, 1), cast.other_team: (1, 0, 0), cast.clerk: (4, 1, 1)}
    assert told(cast.clerk, "visits")[1:4] == [
        (4, 0, 1),
        (0, 0, 0),
        (2, 1, 1),
    ]  # held; not accepted; different units
    assert [row[0] for row in told(cast.clerk, "followups")] == [1, 0, 1, 0]
    assert told(cast.director, "scores")[3] == (None, None, None)  # no average of nothing
    parts = {
        user: [part.key for part in statistics_of(user, JUNE)]
        for user in (cast.clerk, cast.owner, cast.finance, cast.hr)
    }
    assert parts == {
        cast.clerk: ["visits", "followups", "gifts", "money", "kpi"],
        cast.owner: ["visits", "followups", "gifts", "money", "scores", "kpi"],
        cast.finance: ["gifts", "money"],
        cast.hr: ["scores", "kpi"],
    }


@pytest.mark.django_db
def test_visits_held_are_one_number_on_dashboard_report_and_statistics(cast, client_of):
    """12-decisions 23: a late entry counts once the manager accepted it, wherever “visits held” stands."""
    unit = make_unit("晚录", owner=cast.owner)
    make_visit(unit, user=cast.owner, on=date(2026, 6, 1))
    late = make_visit(unit, user=cast.owner, on=date(2026, 6, 2), is_late=True, business_date=None)
    make_visit(unit, user=cast.owner, on=date(2026, 6, 3), outcome="not_met")
    make_visit(unit, user=cast.owner, on=date(2026, 6, 4), kind="call")
    for held, waiting in ((1, 1), (2, 0)):
        with at(TODAY):
            counted = told(cast.clerk, "visits")
            assert [row[0] for row in counted[:3]] == [4, held, waiting]
            assert figures_of(["visits.held"], JUNE)["visits.held"].of(DEPARTMENT) == held
            report = QueryDict(f"rows=visitor&figure=held&span=chosen&since={JUNE.first}&until={JUNE.last}")
            assert pivot_of(Asked(source_called("visits"), cast.clerk, report)).total == held
            page = client_of(cast.director).get("/kpi/?month=2026-06&of=department").context
            assert [tile.amount for tile in page["tiles"] if tile.measure.key == "visits.held"] == [held]
        Visit.objects.filter(pk=late.pk).update(business_date=late.on)


@pytest.mark.django_db
def test_nothing_is_nought_and_only_an_average_of_nothing_is_none(cast):
    with at(TODAY):
        assert told(cast.clerk, "visits") == [(0, 0, 0)] * 5
        assert told(cast.director, "scores")[0] == (0, 0, 0)
        assert told(cast.director, "scores")[3] == (None, None, None)


@pytest.mark.django_db
def test_every_figure_opens_its_rows_and_the_file_says_the_same(cast, client_of):
    with at(TODAY):
        fill(cast)
    client = client_of(cast.clerk)
    page = client.get(PAGE)
    for part in page.context["parts"]:
        for row in part.rows:
            answer = client.get(row.told[0].url)
            assert answer.status_code == 200, row.told[0].url
            if part.key == "visits" and str(row.label) != "Different units visited":
                assert answer.context["count_text"].split()[0] == str(row.told[0].amount)
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}&export=xlsx").content))
    first = [[cell.value for cell in line] for line in book.worksheets[0]]
    assert first[:2] == [["Figure", "2026-06", "2026-05", "2025-06"], ["Visits", 4, 1, 0]]
    trace = AuditEntry.objects.filter(act="lists.exported").get()
    assert (trace.changes["list"][1], trace.changes["query"][1]) == ("reports.statistics", "month=2026-06")
    assert client.get("/reports/statistics/?month=x").status_code == 200


@pytest.mark.django_db
def test_money_is_of_the_month_and_statements_do_not_grow(cast, client_of):
    client, counts = client_of(cast.clerk), []
    client.get(PAGE)
    for extra in (1, 5):
        for n in range(extra):
            make_visit(
                make_unit(f"又一家{extra}{n}", owner=cast.owner), user=cast.owner, on=date(2026, 6, 1 + n)
            )
        with CaptureQueriesContext(connection) as caught:
            client.get(PAGE)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 26
    assert told(cast.clerk, "money") == [(Decimal(0),) * 3] * 3
