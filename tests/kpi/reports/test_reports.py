"""Reports over HTTP and by mail: every figure is the rows behind it, each reader sees what their rights show."""

import io
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError
from kam.core.sentences import read_sentence
from kam.outbox.models import Message
from kpi.reports import services
from kpi.reports.models import ReportDelivery, ReportSchedule, SavedReport, ScheduleRecipient
from kpi.reports.registry import source_called, sources_for
from kpi.reports.selectors import Asked, pivot_of
from kpi.reports.services import (
    Timing,
    drop_report,
    end_schedule,
    save_report,
    schedule_report,
    send_due,
    send_schedule,
)
from kpi.reports.terms import Rhythm, Sharing
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign, make_rules, make_signed
from tests.factories.kpi import at
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
ADDRESS = "/reports/pivot/visits/?rows=visitor&columns=month&span=all"


def fill(cast, extra=0):
    mine = make_unit("泉州商会", owner=cast.owner, tier="A")
    theirs = make_unit("=他队的单位", owner=cast.other_team, tier="B", area="=1+1")
    for unit, user, days in ((mine, cast.owner, (5, 8, 9)), (theirs, cast.other_team, (9,))):
        for day in days:
            make_visit(unit, user=user, on=date(2026, 6, day))
    make_visit(mine, user=cast.owner, on=date(2026, 5, 9), outcome="not_met")
    for n in range(extra):
        make_visit(
            make_unit(f"又一家{n}", owner=cast.same_team), user=cast.same_team, on=date(2026, 4, 1 + n)
        )


def asked(user, key="visits", query="rows=visitor&columns=month&span=all"):
    return Asked(source_called(key), user, QueryDict(query))


def kept(user, name="各人拜访", sharing=Sharing.NOBODY, **more):
    return save_report(asked(user, **more), name=name, sharing=sharing, team=None, by=user)


def test_every_figure_opens_the_rows_it_counts(cast, client_of):
    fill(cast)
    client = client_of(cast.director)
    for figure in ("count", "held", "units", "unplanned"):
        page = client.get(f"{ADDRESS}&figure={figure}").context["page"]
        opened = [told for _label, cells, total in page.lines for told in (*cells, total)]
        for told in (*opened, *page.sums, page.total):
            if told.amount is None:
                continue
            rows = client.get(told.url).context["count_text"].split()[0]
            assert (figure == "units") or rows == str(told.amount.quantize(1)), told
    assert (page.heads, page.total.amount) == (["2026-05", "2026-06"], 5)


def test_each_reader_counts_their_own_rows(cast, client_of):
    fill(cast)
    told = {
        who: client_of(getattr(cast, who)).get(ADDRESS).context["page"].total.amount
        for who in ("owner", "other_team", "manager", "director")
    }
    assert told == {"owner": 4, "other_team": 1, "manager": 4, "director": 5}
    foreign = client_of(cast.other_team).get(f"{ADDRESS}&visitor={cast.owner.pk}")
    assert (foreign.context["wrong"], foreign.context["page"].lines) == (True, [])
    assert client_of(cast.finance).get(ADDRESS).status_code == 403
    assert [source.key for source in sources_for(cast.finance)] == ["deals", "payments", "money", "gifts"]
    assert [source.key for source in sources_for(cast.hr)] == ["staff", "scores"]


def test_every_dimension_and_figure_of_every_source_can_be_asked(cast, client_of):
    with at(TODAY):
        fill(cast)
        campaign = make_campaign()
        make_rules(campaign)
        make_signed(make_unit("签约单位", owner=cast.owner), campaign)
        for source in sources_for(cast.director):
            for one, other in zip(
                source.dimensions, (*source.dimensions[1:], source.dimensions[0]), strict=True
            ):
                for figure in source.figures:
                    query = f"rows={one.key}&columns={other.key}&figure={figure.key}&span=all&order=total"
                    table = pivot_of(asked(cast.director, source.key, query))
                    if figure.adds_up:
                        assert sum(line.total for line in table.lines) == table.total == sum(table.sums)


def test_amounts_are_the_deals_and_an_average_is_no_sum(cast, client_of):
    with at(TODAY):
        campaign = make_campaign()
        make_rules(campaign)
        unit = make_unit("签约单位", owner=cast.owner)
        deals = [make_signed(unit, campaign, f"客户{n}", quantity=n + 1) for n in range(2)]
        prices = [deal.signed_total for deal in deals]
        total = pivot_of(asked(cast.owner, "deals", "rows=unit&figure=amount")).total
        average = pivot_of(asked(cast.owner, "deals", "rows=campaign&figure=average")).lines[0].total
    assert (total, average) == (sum(prices), sum(prices) / 2)


def test_a_file_never_computes_and_leaves_a_trace(cast, client_of):
    fill(cast)
    client = client_of(cast.director)
    csv = client.get("/reports/pivot/visits/?rows=area&span=all&export=csv")
    text = csv.content.decode("utf-8-sig").splitlines()
    assert "'=1+1,1" in text
    openpyxl = pytest.importorskip("openpyxl")
    answer = client.get(f"{ADDRESS}&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[sheet.max_row]] == ["Sum", 1, 4, 5]
    traces = AuditEntry.objects.filter(act="lists.exported").order_by("pk").values_list("changes", flat=True)
    assert [(told["list"][1], told["format"][1], told["rows"][1]) for told in traces] == [
        ("reports.visits", "csv", 3),
        ("reports.visits", "xlsx", 3),
    ]


@pytest.mark.parametrize(
    "query", ["span=chosen", "span=chosen&since=2026-06-09&until=2026-06-01", "month=x", "tier=Z"]
)
def test_a_condition_that_cannot_be_read_counts_nothing(cast, client_of, query):
    fill(cast)
    page = client_of(cast.director).get(f"/reports/pivot/visits/?{query}")
    assert (page.status_code, page.context["page"].lines) == (200, [])
    assert "Nothing was counted" in page.content.decode()


def test_too_many_cells_are_refused(cast, client_of, monkeypatch):
    fill(cast)
    monkeypatch.setattr("kpi.reports.selectors.MOST_CELLS", 2)
    page = client_of(cast.director).get(ADDRESS)
    assert (page.status_code, page.context["page"]) == (422, None)


def test_a_report_is_kept_shared_and_dropped(cast, client_of):
    fill(cast)
    client = client_of(cast.director)
    body = {"name": "各人拜访", "sharing": "everybody"}
    saved = client.post("/reports/pivot/visits/keep/?rows=visitor&columns=month&span=all", body)
    report = SavedReport.objects.get()
    assert (saved.status_code, saved.url, report.query) == (
        302,
        f"/reports/{report.pk}/",
        "rows=visitor&columns=month&span=all",
    )
    assert client.post("/reports/pivot/visits/keep/?rows=kind", body).status_code == 422
    assert client_of(cast.owner).post("/reports/pivot/visits/keep/", body).status_code == 422
    theirs = client_of(cast.other_team)
    assert report in theirs.get("/reports/").context["reports"]
    assert theirs.get(theirs.get(saved.url).context["url"]).context["page"].total.amount == 1
    assert theirs.post(f"/reports/{report.pk}/drop/").status_code == 403
    assert SavedReport.objects.count() == 1
    assert client.post(f"/reports/{report.pk}/drop/").status_code == 302
    assert not SavedReport.objects.exists()


def test_own_reports_are_nobody_elses(cast, client_of):
    report = kept(cast.owner)
    assert client_of(cast.manager).get(f"/reports/{report.pk}/").status_code == 404
    assert SavedReport.objects.visible_to(cast.gone).count() == 0
    with pytest.raises(BusinessError, match="name"):
        kept(cast.owner)
    assert SavedReport.objects.count() == 1


def test_one_run_sends_all_that_is_due(cast):
    with at(date(2026, 6, 14)):
        for number in range(45):
            schedule_report(
                kept(cast.owner, name=f"report {number}"),
                Timing(Rhythm.WEEKLY),
                to=[cast.owner],
                by=cast.owner,
            )
    with at(TODAY):
        assert read_sentence(send_due()) == "45 reports, 45 mails"
    assert not ReportSchedule.objects.filter(next_on__lte=TODAY).exists()


def test_a_fault_in_one_report_does_not_stop_those_after_it(cast, monkeypatch):
    with at(date(2026, 6, 14)):
        for name in ("first", "broken", "last"):
            schedule_report(
                kept(cast.owner, name=name), Timing(Rhythm.WEEKLY), to=[cast.owner], by=cast.owner
            )
    real = services.letter_of

    def letter_of(report, user):
        if report.name == "broken":
            raise ZeroDivisionError
        return real(report, user)

    monkeypatch.setattr(services, "letter_of", letter_of)
    with at(TODAY), pytest.raises(services.ReportsFailedError, match="2 reports, 2 mails"):
        send_due()
    due = ReportSchedule.objects.filter(next_on__lte=TODAY)
    assert [one.report.name for one in due] == ["broken"]
    assert ReportDelivery.objects.filter(schedule__in=due).count() == 0
    assert Message.objects.filter(kind="report").count() == 2
    monkeypatch.setattr(services, "letter_of", real)
    with at(TODAY):
        assert read_sentence(send_due()) == "1 reports, 1 mails"
    assert Message.objects.filter(kind="report").count() == 3


def test_a_mail_holds_what_its_reader_may_see(cast, client_of):
    with at(date(2026, 6, 14)):
        fill(cast)
        report = kept(cast.director, query="rows=tier&span=all")
        people = [cast.owner, cast.other_team, cast.director, cast.hr]
        schedule_report(report, Timing(Rhythm.WEEKLY), to=people, by=cast.director)
    schedule = ReportSchedule.objects.get()
    assert schedule.next_on == TODAY
    with at(TODAY):
        assert read_sentence(send_due()) == "1 reports, 3 mails"
        assert (read_sentence(send_due()), send_schedule(schedule.pk, TODAY)) == ("0 reports, 0 mails", 0)
    told = {row.to: row.text for row in Message.objects.filter(kind="report").select_related("to")}
    lines = {
        user: [line for line in text.splitlines() if line.startswith(("A |", "B |"))]
        for user, text in told.items()
    }
    assert lines == {cast.owner: ["A | 4"], cast.other_team: ["B | 1"], cast.director: ["A | 4", "B | 1"]}
    states = dict(ReportDelivery.objects.values_list("user", "state"))
    assert states[cast.hr.pk] == "no_right"
    schedule.refresh_from_db()
    assert schedule.next_on == date(2026, 6, 22)
    with pytest.raises(IntegrityError, match="report_delivered_once"), transaction.atomic():
        ReportDelivery.objects.create(schedule=schedule, user=cast.owner, on=TODAY, state="sent")


def test_a_recipient_ends_their_mails_and_the_owner_everybodys(cast, client_of):
    report = kept(cast.director)
    client = client_of(cast.director)
    body = {"rhythm": "daily", "place": "1", "to": [cast.director.pk, cast.clerk.pk]}
    assert (
        client.post(f"/reports/{report.pk}/schedule/", body | {"rhythm": "weekly", "place": "9"}).status_code
        == 422
    )
    assert not ReportSchedule.objects.exists()
    assert client.post(f"/reports/{report.pk}/schedule/", body).status_code == 302
    clerk = client_of(cast.clerk)
    assert clerk.get(f"/reports/{report.pk}/").context["is_sent_to_me"] is True
    assert clerk.post(f"/reports/{report.pk}/stop/").url == "/reports/"
    assert clerk.get(f"/reports/{report.pk}/").status_code == 404
    schedule_report(report, Timing(Rhythm.DAILY), to=[cast.director, cast.clerk], by=cast.director)
    assert ScheduleRecipient.objects.get(user=cast.clerk).stopped_at is not None
    end_schedule(report, by=cast.director)
    assert AuditEntry.objects.filter(act="kpi.report.stopped").count() == 2
    with pytest.raises(BusinessError, match="not sent to you"):
        end_schedule(report, by=cast.director)
    assert not ReportSchedule.objects.exists()


def test_dropping_takes_the_schedule_along_and_recipients_are_bounded(cast):
    report = kept(cast.director)
    with pytest.raises(BusinessError, match="recipients"):
        schedule_report(report, Timing(Rhythm.DAILY), to=[], by=cast.director)
    schedule_report(report, Timing(Rhythm.MONTHLY, 3), to=[cast.director], by=cast.director)
    drop_report(report, by=cast.director)
    assert not ReportSchedule.objects.exists()
    acts = (
        AuditEntry.objects.filter(act__startswith="kpi.report.").order_by("pk").values_list("act", flat=True)
    )
    assert list(acts) == ["kpi.report.saved", "kpi.report.scheduled", "kpi.report.dropped"]


def test_statements_do_not_grow_with_rows(cast, client_of):
    client, counts = client_of(cast.director), []
    fill(cast)
    client.get(ADDRESS)
    for extra in (0, 6):
        for n in range(extra):
            make_visit(
                make_unit(f"又一家{n}", owner=cast.same_team), user=cast.same_team, on=date(2026, 4, 1 + n)
            )
        asked_ = []
        for figure in ("count", "units"):
            with CaptureQueriesContext(connection) as caught:
                client.get(f"{ADDRESS}&figure={figure}")
            asked_.append(len(caught))
        counts.append(asked_)
    assert counts[0] == counts[1]
    assert counts[0][1] == counts[0][0] + 3
