"""The dashboards of units and value over HTTP: every table is what SQL says, inside the rows of the reader."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.red_flags.models import RedFlag
from accounts.roles.terms import Seat
from accounts.units.models import KeyAccount, StatusChange
from campaigns.deals.models import Deal
from campaigns.deals.services import receive_payment
from kam.audit.models import AuditEntry
from kam.lists.writers import sheet_name
from kam.settings_rows.models import SettingRow
from kpi.dashboards.selectors import asked_sums, pace_of, tiles_of
from kpi.dashboards.selectors_roles import SEATS
from kpi.dashboards.selectors_units import seats_of, whose_units
from kpi.measures.holders import choose
from kpi.measures.rules import DEPARTMENT, Holder
from kpi.measures.selectors import figures
from kpi.measures.terms import Kind
from tests.factories.accounts import make_person, make_role, make_unit
from tests.factories.campaigns import make_campaign, make_deal, make_rules, make_signed
from tests.factories.kpi import at

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def sell(unit, campaign, name, *, by, day=TODAY):
    """Close a deal: signed, first payment received."""
    deal = make_signed(unit, campaign, name, signed_on=day)
    receive_payment(deal, amount=Decimal(1000), received_on=day, reference=f"R-{deal.pk}", by=by)
    return Deal.objects.get(pk=deal.pk)


def test_the_pipeline_is_what_is_signed_and_waits_for_its_first_payment(cast):
    with at(TODAY):
        campaign = make_campaign()
        make_rules(campaign)
        own, other = (make_unit(owner=who, channel="chamber") for who in (cast.owner, cast.other_team))
        sell(own, campaign, "已付款", by=cast.finance)
        make_deal(own, campaign, "未签约")
        waiting = [make_signed(unit, campaign, f"待付款{unit.pk}") for unit in (own, other)]
        prices = [Deal.objects.get(pk=deal.pk).signed_total for deal in waiting]
        told = []
        for user in (cast.owner, cast.director):
            choice = choose(user, of="", month="")
            sums = asked_sums(choice, of_department=False)
            pace = pace_of(tiles_of(choice, sums, TODAY, of_department=False)[0], choice, TODAY)
            told.append(pace.pipeline)
    assert (pace.worked, pace.working) == (
        11,
        21,
    )  # from Monday the first, today included; the 19th is a holiday
    assert told == [prices[0], sum(prices)]


def fill(cast, count=1):
    campaign = make_campaign()
    make_rules(campaign)
    units = [make_unit(f"泉州商会{n}", owner=cast.owner, tier="A") for n in range(count)]
    for unit in units:
        sell(unit, campaign, "洪嘉伟", by=cast.finance)
        make_role(make_person(unit, "李强"), "decision_maker")
        RedFlag.objects.create(
            unit=unit, kind="role_missing", fact_key="x", severity="danger", since_on=TODAY, rule_version=1,
            evidence={"seat": "technical"},
        )  # fmt: skip
    make_unit("他队的单位", owner=cast.other_team, tier="B")
    return units


def linked(client, url):
    """How many rows the list behind a figure has."""
    return client.get(url).context["count_text"].split()[0]


def test_units_as_they_stand_are_the_rows_behind_them(cast, client_of):
    with at(TODAY):
        fill(cast, 2)
        client = client_of(cast.director)
        told = client.get("/kpi/units/", {"month": "2026-06"}).context
        seats = {str(row.label): (row.held, row.missing) for row in told["seats"].rows}
        assert told["seats"].units == 3
        assert seats["Decision maker"] == (2, 1)
        assert seats["Technical gatekeeper"] == (0, 3)
        behind = [(row.held, row.held_url) for row in told["seats"].rows]
        behind += [(row.missing, row.missing_url) for row in told["seats"].rows]
        behind += [(row.count, row.url) for row in told["pyramid"].storeys]
        behind += [(row.count, row.url) for row in told["funnel"]]
        behind += [(row.flags, row.url) for row in told["flags"]]
        assert {count: linked(client, url) for count, url in behind} == {n: str(n) for n, _url in behind}
    assert [(row.tier.value, row.count) for row in told["pyramid"].storeys][:2] == [("A", 2), ("B", 1)]
    assert [(row.flags, row.units, row.is_danger) for row in told["flags"]] == [(2, 2, True)]


def test_role_coverage_of_twelve_months_is_what_the_dated_roles_say(cast, client_of):
    unit, lost = (make_unit(name, owner=cast.owner) for name in ("泉州商会", "流失单位"))
    make_unit("他队的单位", owner=cast.other_team)
    boss = make_person(unit, "李强")
    make_role(boss, "decision_maker", started_on=date(2026, 2, 10), ended_on=date(2026, 4, 30))
    make_role(boss, "decision_maker", started_on=date(2026, 6, 1))
    make_role(make_person(unit, "张三", left_on=date(2026, 5, 31)), "user", started_on=date(2026, 3, 1))
    make_role(
        make_person(lost, "王五"), "gatekeeper", gatekeeper_kind="technical", started_on=date(2026, 1, 31)
    )
    StatusChange.objects.create(unit=lost, old="cooperating", new="lost", on=date(2026, 4, 15))
    with at(TODAY):
        client = client_of(cast.director)
        told = client.get("/kpi/units/", {"month": "2026-06"}).context
        own = client_of(cast.owner).get("/kpi/units/", {"month": "2026-06"}).context["coverage"]
        opened = client.get("/kpi/facts/roles.decision_maker/department/?month=2026-03").context
    trend = told["coverage"]
    shown = {str(row.label): [int(point.held) for point in row.months] for row in trend.rows}
    assert shown == {  # July 2025 … June 2026
        "Decision maker": [0] * 7 + [1, 1, 0, 0, 1],
        "Technical gatekeeper": [0] * 6 + [1, 1, 1, 0, 0, 0],
        "Financial gatekeeper": [0] * 12,
        "User": [0] * 8 + [1, 1, 0, 0],
    }
    assert [int(units) for _month, units in trend.worked] == [0] * 6 + [3, 3, 3, 2, 2, 2]
    assert [int(units) for _month, units in own.worked] == [0] * 6 + [2, 2, 2, 1, 1, 1]
    assert (trend.whole.months[-1].percent, trend.whole.months[8].percent) == (
        Decimal("12.5"),
        Decimal("25.0"),
    )
    assert (opened["total"], [fact.label for fact in opened["facts"]]) == (1, ["泉州商会"])
    assert SEATS.keys() == set(Seat)


def test_others_see_their_own_rows_and_hr_counts_without_opening(cast, client_of):
    with at(TODAY):
        fill(cast)
        own = client_of(cast.owner).get("/kpi/units/").context
        theirs = client_of(cast.other_team).get("/kpi/units/").context
        hr = client_of(cast.hr).get("/kpi/units/", {"of": "department"}).context
        value = client_of(cast.other_team).get("/kpi/value/").context
    assert [sum(row.count for row in told["pyramid"].storeys) for told in (own, theirs, hr)] == [1, 1, 2]
    assert (own["pyramid"].storeys[0].count, theirs["pyramid"].storeys[0].count) == (1, 0)
    assert {row.url for row in hr["funnel"]} == {""}
    assert (value["spread"].ranked, value["returns"].rows) == ([], [])


def test_hr_reads_no_customer_on_any_dashboard_nor_in_the_workbook(cast, client_of):
    with at(TODAY):
        units = fill(cast, 3)
        StatusChange.objects.create(unit=units[0], old="cooperating", new="lost", on=date(2026, 6, 2))
        hr, director = client_of(cast.hr), client_of(cast.director)
        asked = {"of": "department", "month": "2026-06"}
        told = hr.get("/kpi/value/", asked)
        theirs = director.get("/kpi/value/", asked)
        moves = hr.get("/kpi/units/", asked)
        book = hr.get("/kpi/dashboard.xlsx", asked)
    names = {unit.name for unit in units}
    assert any(name in theirs.content.decode() for name in names)
    assert [row.sales for row in told.context["spread"].ranked] == [
        row.sales for row in theirs.context["spread"].ranked
    ]
    openpyxl = pytest.importorskip("openpyxl")
    sheets = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets
    written = repr([row for sheet in sheets for row in sheet.values])
    for page in (told.content.decode(), moves.content.decode(), written):
        assert not [name for name in names if name in page]


def test_value_is_what_the_deals_say(cast, client_of):
    with at(TODAY):
        units = fill(cast, 3)
        extra = sell(units[0], make_campaign("second"), "洪二", by=cast.finance)
        told = client_of(cast.director).get("/kpi/value/", {"month": "2026-06"}).context
        whole = figures("sales.actual", told["period"]).of(DEPARTMENT)
        address = f"/kpi/facts/sales.actual/department/?month=2026-06&unit={units[0].pk}"
        page = client_of(cast.director).get(address).context
    ranked = told["spread"].ranked
    assert sum(row.sales for row in ranked) == told["spread"].curve.total == whole
    assert (ranked[0].unit, ranked[0].is_head, ranked[1].is_head) == (units[0], True, False)
    assert (page["total"], page["count"]) == (ranked[0].sales, 2)
    assert extra.price_amount in {fact.amount for fact in page["facts"]}
    assert told["returns"].whole.sales == whole
    row = next(row for row in told["grid"].rows if row.name == "Owner")
    assert (row.cells[-1][1], row.cells[-2][1]) == (4, 0)


def test_credit_stays_and_the_unit_that_moved_is_not_opened(cast, client_of):
    with at(TODAY):
        (unit,) = fill(cast)
        before = client_of(cast.owner).get("/kpi/value/").context["spread"].ranked
        KeyAccount.objects.filter(pk=unit.pk).update(owner=cast.other_team, team=cast.second_team)
        after = client_of(cast.owner).get("/kpi/value/").context["spread"].ranked
    assert [(row.unit, row.opens) for row in before] == [(unit, True)]
    assert [(row.unit, row.opens, row.sales) for row in after] == [(unit, False, before[0].sales)]


def test_the_workbook_holds_the_figures_of_the_pages_and_leaves_a_trace(cast, client_of):
    with at(TODAY):
        fill(cast)
        answer = client_of(cast.owner).get("/kpi/dashboard.xlsx", {"month": "2026-06"})
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 14
    month = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows(min_row=2)}
    assert (month["Deals closed"], month["Units lost"]) == (1, 0)
    entry = AuditEntry.objects.filter(act="lists.exported").get()
    assert entry.changes["list"] == [None, "kpi.dashboard"]
    assert entry.changes["rows"][1] == sum(sheet.max_row - 1 for sheet in book.worksheets)


def test_a_workbook_beyond_the_rows_of_thirty_days_does_not_leave(cast, client_of):
    with at(TODAY):
        day = TODAY - timedelta(days=400)
        SettingRow.objects.create(key="export_thirty_days_rows", value="3", valid_from=day)
        answer = client_of(cast.owner).get("/kpi/dashboard.xlsx", {"month": "2026-06"})
    assert answer.status_code == 422
    assert "without the director" in answer.content.decode()
    assert not AuditEntry.objects.filter(act="lists.exported").exists()


def test_statements_do_not_grow_with_rows(cast, client_of):
    client, counts = client_of(cast.director), []
    with at(TODAY):
        fill(cast)
        for _n in range(2):
            asked = []
            for page in ("/kpi/", "/kpi/units/", "/kpi/value/"):
                client.get(page)
                with CaptureQueriesContext(connection) as caught:
                    client.get(page, {"month": "2026-06"})
                asked.append(len(caught))
            counts.append(asked)
            for number, day in enumerate((8, 9), len(counts) * 2):
                unit = make_unit(f"又一家{number}", owner=cast.same_team)
                sell(unit, make_campaign(), f"客户{number}", by=cast.finance, day=date(2026, 6, day))
    assert counts[0] == counts[1] == [17, 14, 19]


@pytest.mark.parametrize(
    ("title", "name"), [("A/B: [x]*?", "AB x"), ("", ""), ("长" * 40, "长" * 31), ("'Q'", "Q")]
)
def test_a_sheet_has_a_name_that_a_workbook_takes(title, name):
    assert sheet_name(title) == name


def test_seats_are_counted_over_units_that_are_worked(cast):
    worked, lost, pool, other = (
        make_unit(owner=cast.owner),
        make_unit(owner=cast.owner, status="lost"),
        make_unit(),
        make_unit(owner=cast.other_team),
    )
    for unit in (worked, lost, pool, other):
        make_role(make_person(unit))
    make_role(make_person(worked, left_on=date(2026, 5, 1)), "user")
    mine = seats_of(whose_units(cast.owner, Holder(Kind.PERSON, (cast.owner.pk,))), TODAY)
    whole = seats_of(whose_units(cast.director, DEPARTMENT), TODAY)
    assert (mine.units, [(row.held, row.missing) for row in mine.rows]) == (
        1,
        [(1, 0), (0, 1), (0, 1), (0, 1)],
    )
    assert (whole.units, whole.rows[0].held) == (2, 2)
