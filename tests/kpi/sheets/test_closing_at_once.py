"""A closing seals many sheets with as many statements as few, and what it seals of each is what that sheet's own figures are made of."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.deals.services import receive_payment
from kam.audit.models import AuditEntry
from kpi.measures.selectors import facts_behind, figures
from kpi.schemes.services import NewScheme, lines_from, put_in_force
from kpi.sheets import services
from kpi.sheets.closing import close_period
from kpi.sheets.late import counted_by
from kpi.sheets.models import Seal, Sheet, Waiver
from kpi.sheets.rules import open_lines, opened, sealed_text
from kpi.sheets.selectors import score_live
from kpi.sheets.verify import verify_seals
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign, make_rules, make_signed
from tests.factories.kpi import JUNE, at
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 10)


@pytest.fixture
def ready(cast):
    """Everybody's June is agreed: deals of two teams of one manager, taken in turn, days in no order. Those with figures, by number."""
    rows = [
        {"indicator": key, "weight": "50", "method": "linear", "terms": {"nothing_at": "0", "full_at": "100"}}
        for key in ("collection", "relations")
    ]
    for position in ("specialist", "team_lead", "manager", "director"):
        put_in_force(NewScheme(position, lines_from(rows), date(2026, 6, 1)), by=None)
    cast.second_team.manager = cast.manager
    cast.second_team.save(update_fields=["manager"])
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign)
    for owner, days in ((cast.owner, (12, 10)), (cast.other_team, (10, 9)), (cast.same_team, (11,))):
        for day in days:
            with at(date(2026, 6, day)):
                deal = make_signed(make_unit(owner=owner), campaign, signed_on=date(2026, 6, day))
                paid = {"amount": Decimal(100_000), "received_on": date(2026, 6, day), "by": cast.finance}
                receive_payment(deal, reference=f"R-{deal.pk}", **paid)
                make_visit(deal.unit, user=owner, on=date(2026, 6, day), kind="return")
    services.open_sheets(JUNE)
    Sheet.objects.update(state="agreed")
    for pk, told in score_live(Sheet.objects.all(), JUNE).items():
        for key in open_lines(told.result):
            Waiver.objects.create(sheet_id=pk, indicator=key, reason="没有业务", by=cast.hr)
    whole = [pk for pk, told in score_live(Sheet.objects.all(), JUNE).items() if told.result["is_whole"]]
    return list(Sheet.objects.filter(pk__in=whole).order_by("pk"))


def closed(keep):
    """Close June with `keep` sheets agreed; return the statements it took."""
    Sheet.objects.exclude(pk__in=[sheet.pk for sheet in keep]).update(state="draft")
    with at(JULY), CaptureQueriesContext(connection) as asked:
        close_period(JUNE, by=None)
    return len(asked)


def test_what_is_sealed_of_each_is_what_stands_behind_its_figures(cast, ready):
    with at(JULY):
        done = close_period(JUNE, by=cast.hr)
    assert [row.pk for row in done.sealed] == [row.pk for row in ready]
    assert sorted(row.user_id for row in done.waiting) == sorted(
        row.pk for row in (cast.lead, cast.other_lead, cast.other_manager)
    )
    kinds = set()
    for seal in Seal.objects.select_related("sheet"):
        holder = seal.sheet.holder
        behind = {key: facts_behind(key, holder, JUNE) for key in counted_by(seal)}
        told = {
            key: sorted([row.ref, row.day.isoformat(), str(row.amount)] for row in rows)
            for key, rows in behind.items()
        }
        assert seal.counted == sealed_text(told)
        lines = opened(seal.inputs)["lines"]
        live = figures("contracts.received", JUNE)
        expected = (str(live.of(holder)), live.count_of(holder), len(behind["contracts.received"]))
        assert (lines["collection"]["actual"], lines["collection"]["facts"], expected[1]) == expected
        kinds.add((holder.kind.value, len(behind["contracts.received"])))
    assert kinds == {("person", 2), ("person", 1), ("team", 5), ("department", 5)}
    assert verify_seals().as_json() == {"ok": True, "checked": len(ready), "first_bad": None, "late": []}


def test_each_seal_is_audited_with_its_number_and_hash(cast, ready):
    with at(JULY):
        sealed = close_period(JUNE, by=cast.hr).sealed
    seals = {seal.sheet_id: seal for seal in Seal.objects.all()}
    assert [seals[row.pk].seq for row in sealed] == list(range(1, len(ready) + 1))
    entries = AuditEntry.objects.filter(act="kpi.sheet.closed").order_by("id")
    told = [(row.object_id, row.actor_id, row.object_label, row.changes) for row in entries]
    assert told == [
        (
            str(row.pk),
            cast.hr.pk,
            str(row),
            {
                "points": [None, str(seals[row.pk].points)],
                "seal": [None, f"{seals[row.pk].seq}:{seals[row.pk].hash_text}"],
            },
        )
        for row in sealed
    ]
    kept = dict(Sheet.objects.values_list("pk", "version"))
    assert [(row.state, row.version) for row in sealed] == [("closed", kept[row.pk]) for row in ready]
    assert set(Sheet.objects.filter(pk__in=seals).values_list("state", flat=True)) == {"closed"}
    assert [kept[row.pk] - row.version for row in ready] == [1] * len(ready)


def test_many_are_closed_with_as_many_statements_as_one(cast, ready):
    few = closed([sheet for sheet in ready if sheet.user_id == cast.owner.pk])
    Sheet.objects.exclude(state="closed").update(state="agreed")
    assert len(ready) == 5
    assert closed(ready) == few
    assert Seal.objects.count() == len(ready)


def test_sheets_of_many_leaders_are_opened_with_as_many_statements_as_of_one(cast):
    with CaptureQueriesContext(connection) as asked:
        services.open_sheets(JUNE)
    managers = Sheet.objects.filter(position="manager")
    assert len({row.holder_key for row in managers}) == managers.count() > 1
    Sheet.objects.exclude(user=cast.manager).delete()
    Sheet.objects.filter(user=cast.manager).delete()
    cast.other_manager.is_active = False
    cast.other_manager.save(update_fields=["is_active"])
    with CaptureQueriesContext(connection) as fewer:
        services.open_sheets(JUNE)
    assert len(fewer) == len(asked)
