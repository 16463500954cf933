"""A pilot from the template to its last decision: units chosen, rounds measured, decided once with reasons (S-097)."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import psycopg2
import pypdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.knowledge.services import record_suggestion
from campaigns.campaigns.models import Campaign, Candidate
from campaigns.pilots import services
from campaigns.pilots.models import Pilot, PilotDecision, PilotReading, PilotRound, PilotUnit
from campaigns.pilots.rules import MeasureSpec
from campaigns.pilots.selectors import figures_of
from campaigns.pilots.terms import Size, Source, Verdict
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_person, make_unit
from tests.factories.pilots import make_pilot, make_running_pilot, plan_of, ruling_of, tell_all
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db
TABLES = (Campaign, Candidate, Pilot, PilotUnit, PilotRound, PilotReading, PilotDecision)


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def rows():
    return [list(table.objects.order_by("pk").values_list()) for table in TABLES]


def refusal(code, act, /, *args, error=BusinessError, **kwargs):
    before = rows()
    with pytest.raises(error) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, rows()) == (code, before)


def test_the_template_becomes_a_campaign_with_phases_by_weeks(cast):
    start = business_date()
    pilot = make_pilot(cast.manager, launch_on=start)
    campaign = pilot.campaign
    assert (campaign.state, campaign.coordinator, campaign.goals.get().target) == ("draft", cast.manager, 2)
    phases = [(row.starts_on, row.ends_on) for row in campaign.phases.all()]
    days = timedelta
    assert phases == [
        (start - days(28), start - days(1)),
        (start, start + days(20)),
        (start + days(21), start + days(27)),
        (start + days(28), None),
    ]
    visits = campaign.schedule.get(text__contains="走访")
    assert (visits.due_on, campaign.schedule.count()) == (start + days(20), 7)
    measures = [(row.source, row.target) for row in pilot.measures.all()]
    assert measures == [("visited", 2), ("suggestions", 1), ("told", 80)]
    assert [(row.number, row.ends_on) for row in pilot.rounds.all()] == [(1, start + days(55))]
    refusal("taken", make_pilot, cast.manager)
    refusal("units", make_pilot, cast.manager, code="pilot-2", mix={})


def test_rounds_are_measured_decided_and_opened(cast, unit):
    pilot = make_running_pilot(cast.manager)
    chosen = services.choose_unit(pilot, unit, Size.LARGE, 1, by=cast.manager)
    assert (chosen.candidate.state, chosen.candidate.unit, chosen.candidate.round) == ("selected", unit, 1)
    first = pilot.rounds.get()
    make_visit(unit, make_person(unit), user=cast.owner, on=first.ends_on)
    record_suggestion(unit, "登记步骤太多", owner=cast.owner, by=cast.owner)  # after the round: not counted
    assert [value for _measure, value in figures_of(first)] == [1, 0, None]
    refusal("untold", services.decide_round, first, ruling_of(), by=cast.director)
    tell_all(pilot, cast.manager)
    decision = services.decide_round(first, ruling_of(), by=cast.director)
    assert (decision.verdict, decision.advice) == ("change", "change")
    kept = [(row.measure.source, row.value) for row in first.readings.all()]
    assert kept == [("visited", 1), ("suggestions", 0), ("told", 80)]
    second = pilot.rounds.get(number=2)
    assert (second.starts_on, second.change) == (business_date(), "登记改为两步")
    assert [value for _measure, value in figures_of(second)] == [0, 1, None]
    conflict = {"by": cast.director, "error": ConflictError}
    refusal("decided", services.decide_round, first, ruling_of(), **conflict)
    told = {pilot.measures.get(source=Source.TOLD).pk: Decimal(90)}
    refusal("decided", services.tell_figures, first, told, **conflict)
    refusal("not_over", services.decide_round, second, ruling_of(), by=cast.director)
    services.decide_round(second, ruling_of(Verdict.STOP), by=cast.director)
    assert pilot.rounds.count() == 2


def test_what_does_not_fit_is_refused_and_nothing_changes(cast, unit):
    pilot = make_pilot(cast.manager)
    first = pilot.rounds.get()
    conflict = {"by": cast.director, "error": ConflictError}
    refusal("not_running", services.decide_round, first, ruling_of(), **conflict)
    refusal("not_running", services.tell_figures, first, {}, **conflict)
    refusal("round", services.choose_unit, pilot, unit, Size.LARGE, 2, by=cast.manager)
    services.choose_unit(pilot, unit, Size.LARGE, 1, by=cast.manager)
    refusal("twice", services.choose_unit, pilot, unit, Size.LARGE, 1, by=cast.manager)
    other = make_unit("别家", owner=cast.owner)
    Candidate.objects.create(campaign=pilot.campaign, round=2, unit=other, name="别家", channel="chamber")
    refusal("other_round", services.choose_unit, pilot, other, Size.SMALL, 1, by=cast.manager)
    specs = [MeasureSpec("意向", "家", Decimal(5), Source.TOLD)]
    stale = {"by": cast.manager, "error": ConflictError}
    refusal("stale", services.write_measures, pilot, specs, version=0, **stale)
    services.write_measures(pilot, specs, by=cast.manager, version=1)
    assert [row.spec for row in pilot.measures.all()] == specs
    Campaign.objects.update(state="running")
    refusal("fixed", services.write_measures, pilot, specs, version=2, **stale)
    tell_all(pilot, cast.manager)
    tell_all(pilot, cast.manager, 3)
    assert PilotReading.objects.get().value == 3
    refusal("no_next", services.decide_round, first, ruling_of(next_from=None), by=cast.director)


def test_the_database_holds_what_must_hold_for_ever(cast):
    pilot = make_running_pilot(cast.manager)
    first = pilot.rounds.get()
    days = {"starts_on": first.ends_on, "ends_on": first.ends_on}
    for name, act in (
        ("pilot_one_round_at_a_time", lambda: PilotRound.objects.create(pilot=pilot, number=2, **days)),
        ("pilot_has_units", lambda: Pilot.objects.update(large_count=0, medium_count=0)),
        ("pilot_round_in_order", lambda: PilotRound.objects.update(number=5)),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            act()
    services.decide_round(first, ruling_of(Verdict.STOP), by=cast.director)
    with pytest.raises(Exception, match="append-only") as caught, transaction.atomic():
        PilotDecision.objects.update(reasons="x")
    assert isinstance(caught.value.__cause__, psycopg2.Error)


def test_a_pilot_in_the_browser(cast, client_of, unit):
    manager, director = client_of(cast.manager), client_of(cast.director)
    start = (business_date() - timedelta(weeks=8)).isoformat()
    told = {"code": "pilot-9", "name": "平台内测𠮷", "launch_on": start, "question": "愿意用吗？"}
    told |= {"large_count": "0", "medium_count": "0", "small_count": "0"}
    assert manager.get("/pilots/new/").status_code == 200
    assert (manager.post("/pilots/new/", told).status_code, Pilot.objects.count()) == (422, 0)
    assert manager.post("/pilots/new/", told | {"large_count": "2"}).status_code == 302
    pilot = Pilot.objects.get()
    page = f"/pilots/{pilot.pk}/"
    measures = {"measures": "愿意继续使用 | % | 80 | told", "version": pilot.version}
    assert manager.post(f"{page}measures/", measures | {"measures": "x"}).status_code == 422
    assert manager.post(f"{page}measures/", measures).status_code == 302
    assert manager.post(f"{page}measures/", measures).status_code == 409
    chosen = {"unit": unit.pk, "size": "large", "round": "1"}
    assert manager.post(f"{page}units/new/", chosen).status_code == 302
    Campaign.objects.update(state="running")
    measure = pilot.measures.get()
    assert manager.post(f"{page}rounds/1/figures/", {f"m{measure.pk}": "85"}).status_code == 302
    shown = director.get(page).content.decode()
    assert all(word in shown for word in ("平台内测𠮷", "泉州商会", "The figures advise:", "1 of 2 chosen"))
    ruling = {"verdict": "change", "reasons": "再试一轮𠮷"}
    refused = director.post(f"{page}rounds/1/decide/", ruling)
    assert (refused.status_code, PilotDecision.objects.count()) == (422, 0)
    today, later = business_date(), business_date() + timedelta(30)
    ruling |= {"change": "两步登记", "next_from": today.isoformat(), "next_until": later.isoformat()}
    assert director.post(f"{page}rounds/1/decide/", ruling).status_code == 302
    stranger = client_of(cast.other_team).get(page).content.decode()
    assert ("泉州商会" in stranger, "1 unit that you do not see" in stranger) == (False, True)
    assert "再试一轮𠮷" in director.get(f"/campaigns/{pilot.campaign_id}/").content.decode()
    listed = director.get("/pilots/?state=running&q=内测").content.decode()
    assert all(word in listed for word in ("平台内测𠮷", "Change and try again"))
    data = director.get(f"{page}pilot.pdf?language=zh-hans").content
    text = "".join(part.extract_text() for part in pypdf.PdfReader(BytesIO(data)).pages)
    assert all(word in text for word in ("再试一轮𠮷", "泉州商会", "两步登记"))


def test_the_list_asks_the_same_number_of_statements(cast, client_of):
    client = client_of(cast.owner)

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/pilots/").status_code == 200
        return len(seen)

    services.plan_pilot(plan_of("pilot-a"), by=cast.manager)
    Campaign.objects.update(state="running")
    count()
    one = count()
    for code in ("pilot-b", "pilot-c", "pilot-d"):
        services.plan_pilot(plan_of(code), by=cast.manager)
    Campaign.objects.update(state="running")
    assert count() == one
