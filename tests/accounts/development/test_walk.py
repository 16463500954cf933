"""A unit goes through all seven phases in the browser: refused, carried by facts, overridden, sent back, into a crisis and out of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.charts.rules.flow import Step
from accounts.charts.services import draw_flow
from accounts.charts.terms import StepKind
from accounts.competition.models import ProductLine
from accounts.competition.rules import Position
from accounts.competition.services import learn_position
from accounts.competition.terms import Supply
from accounts.complaints.services import Received, move_complaint, record_complaint
from accounts.complaints.terms import ComplaintState, Severity
from accounts.contacts.services import record_contact
from accounts.contacts.terms import ContactChannel
from accounts.development.models import PhaseChange, Swot
from accounts.needs.services import add_need, move_need
from accounts.needs.terms import NeedKind, NeedState
from accounts.persons.services import add_person, set_role
from accounts.persons.terms import BuyerRole, Confidence, GatekeeperKind
from accounts.persons.ties import replace_key_person
from accounts.satisfaction.models import QuestionnaireVersion
from accounts.satisfaction.rules import Given
from accounts.satisfaction.services import answer, ask_person, open_round
from accounts.units.models import KeyAccount, StatusChange
from accounts.units.services import create_unit, observe
from accounts.units.terms import Field
from campaigns.deals.services import sign_deal
from tests.factories.campaigns import make_campaign, make_deal

TODAY = date(2026, 6, 1)
BUYERS = (
    ("许志远", BuyerRole.DECISION_MAKER, ""),
    ("蔡秀梅", BuyerRole.GATEKEEPER, GatekeeperKind.TECHNICAL),
    ("林文斌", BuyerRole.USER, ""),
)


@pytest.fixture
def unit(cast, time_machine):
    time_machine.move_to("2026-06-01T02:00:00Z")
    return create_unit({"name": "泉州商会", "channel": "chamber"}, by=cast.owner, owner=cast.owner)


class Browser:
    """Somebody at the board."""

    def __init__(self, client, unit):
        self.client, self.unit = client, unit

    def move(self, to, **more):
        seen = PhaseChange.objects.filter(unit=self.unit).count()
        body = {"to": to, "seen": seen, "within": "whose=me"} | more
        return self.client.post(f"/accounts/{self.unit.pk}/phase/", body, headers={"HX-Request": "true"})


def state(unit):
    row = KeyAccount.objects.get(pk=unit.pk)
    return row.phase, row.status, PhaseChange.objects.filter(unit=unit).count()


def meet(unit, persons, cast):
    record_contact(unit, on=TODAY, channel=ContactChannel.VISIT, persons=persons, by=cast.owner, met=True)


def buyers(unit, cast, *, confidence):
    people = []
    for name, role, kind in BUYERS:
        person = add_person(unit, {"name": name}, by=cast.owner)
        set_role(person, role, kind=kind, confidence=confidence, by=cast.owner)
        people.append(person)
    return people


def answer_survey(unit, person, cast):
    version = QuestionnaireVersion.objects.get(questionnaire__code="satisfaction")
    survey = open_round(version, "Q2", ends_at=timezone.now() + timedelta(days=7), by=cast.director)
    given = {n: Given(number=5) for n in range(1, 6)}
    answer(ask_person(survey, unit, person, by=cast.owner), given, by=cast.owner)


def test_a_unit_walks_from_prospect_to_stable(unit, cast, client_of):
    me, manager = Browser(client_of(cast.owner), unit), Browser(client_of(cast.manager), unit)

    refused = me.move(2)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "泉州商会 stays in phase 1." in page
    assert "2 of 3 conditions for “Field visits, SWOT” are not met." in page
    assert "Criteria that hold: 0 of 1." in page
    assert state(unit) == (1, "prospect", 0)

    facts = {Field.STRATEGY: "九套成团", Field.LARGEST_DEAL: "80000"}
    observe(unit, facts, learned_on=TODAY, by=cast.owner)
    assert me.move(2).status_code == 200
    assert state(unit) == (2, "qualified", 1)

    people = buyers(unit, cast, confidence=Confidence.CONFIRMED)
    meet(unit, people[:1], cast)
    line = ProductLine.objects.get_or_create(code="dwellings", defaults={"label": "Dwellings"})[0]
    learn_position(unit, line, Position(Supply.COMPETITOR, "湘江世纪城"), by=cast.owner, seen=None)
    assert "Lists without a line" in me.move(3).content.decode()
    swot = {
        "seen": 0,
        "strengths": "近\n好",
        "weaknesses": "新",
        "opportunities": "年会",
        "threats": "湘江世纪城",
    }
    form = me.client.get(f"/accounts/{unit.pk}/swot/edit/").content.decode()
    assert "湘江世纪城" in form
    assert me.client.post(f"/accounts/{unit.pk}/swot/edit/", swot).status_code == 302
    assert Swot.objects.get().strengths == ["近", "好"]
    assert me.move(3).status_code == 200
    assert state(unit) == (3, "developing", 2)

    need = add_need(unit, "一栋楼", kind=NeedKind.IMPLICIT, by=cast.owner)
    move_need(need, NeedState.CLARIFIED, by=cast.owner, text="同一栋")
    assert me.move(4).status_code == 200
    assert state(unit) == (4, "developing", 3)

    refused = me.move(5)
    assert refused.status_code == 422
    assert "5 of 5 conditions" not in refused.content.decode()
    assert "Never met: 蔡秀梅, 林文斌." in refused.content.decode()
    assert "Move anyway" not in refused.content.decode()
    assert me.move(5, override="1", reason="我自己说了算，先走一步吧").status_code == 403
    assert "at least 10 characters" in manager.move(5, override="1", reason="快点").content.decode()
    assert state(unit) == (4, "developing", 3)
    assert manager.move(5, override="1", reason="会长当面签字，材料月底补齐").status_code == 200
    assert state(unit) == (5, "developing", 4)
    change = PhaseChange.objects.get(number=4)
    assert (change.is_override, change.by, change.findings["order"]) == (True, cast.manager, "missing")

    assert me.move(4).status_code == 422
    assert me.move(4, reason="补课：还有两位没见过").status_code == 200
    meet(unit, people, cast)
    move_need(need, NeedState.PROPOSED, by=cast.owner, text="分三次付款")
    draw_flow(unit, [Step(StepKind.DECIDE, who="会长")], by=cast.owner, revision=0)
    deal = make_deal(unit, make_campaign(), customer=people[2])
    assert me.move(5).status_code == 200
    assert state(unit) == (5, "cooperating", 6)

    assert "there is no crisis to handle" in me.move(6).content.decode()
    received = Received("quality", Severity.SEVERE, "墙面渗水", "phone", TODAY)
    complaint = record_complaint(unit, received, owner=cast.owner, by=cast.owner)
    assert me.move(6).status_code == 200
    sign_deal(deal, contract_no="C-1", signed_on=TODAY, by=cast.owner, version=deal.version)
    assert "Ask how satisfied they are" in me.move(7).content.decode()
    answer_survey(unit, people[0], cast)
    replace_key_person(people[0], on=TODAY, by=cast.owner, reason="首访确定")
    assert f"Still open: {complaint.number}" in me.move(7).content.decode()
    for to in (ComplaintState.INVESTIGATING, ComplaintState.AGREED, ComplaintState.RESOLVED):
        complaint = move_complaint(complaint, to, by=cast.owner, text="已修好")
    assert me.move(7).status_code == 200
    assert state(unit) == (7, "stable", 8)

    path = StatusChange.objects.filter(unit=unit).order_by("pk").values_list("new", flat=True)
    assert list(path) == ["prospect", "qualified", "developing", "cooperating", "stable"]
    record = me.client.get(f"/accounts/{unit.pk}/development/").content.decode()
    assert "会长当面签字，材料月底补齐" in record
    timeline = me.client.get(f"/accounts/{unit.pk}/timeline/?kind=phases").content.decode()
    assert "Crisis handling" in timeline


def test_two_who_move_at_once_are_told(unit, cast, client_of):
    me = Browser(client_of(cast.owner), unit)
    facts = {Field.STRATEGY: "九套成团", Field.LARGEST_DEAL: "80000"}
    observe(unit, facts, learned_on=TODAY, by=cast.owner)
    assert me.move(2).status_code == 200
    stale = me.move(3, seen=0)
    assert stale.status_code == 409
    assert "Somebody has moved this unit meanwhile." in stale.content.decode()
    assert state(unit) == (2, "qualified", 1)


@pytest.mark.parametrize(("to", "status"), [("1", 422), ("8", 422), ("x", 422), ("", 422)])
def test_nonsense_moves_nothing(unit, cast, client_of, to, status):
    assert Browser(client_of(cast.owner), unit).move(to).status_code == status
    assert state(unit) == (1, "prospect", 0)


def test_a_lost_unit_is_not_developed(unit, cast, client_of):
    KeyAccount.objects.filter(pk=unit.pk).update(status="lost")
    client = client_of(cast.manager)
    answer = Browser(client, unit).move(2, override="1", reason="无论如何都要往前走")
    assert answer.status_code == 422
    assert "Win it back first." in answer.content.decode()
    assert state(unit) == (1, "lost", 0)
    assert "泉州商会" not in client.get("/accounts/phases/").content.decode().split("<main")[1]


def test_another_teams_unit_is_not_there(unit, cast, client_of):
    client = client_of(cast.other_team)
    assert Browser(client, unit).move(2).status_code == 404
    assert "泉州商会" not in client.get("/accounts/phases/?whose=").content.decode()
    assert state(unit) == (1, "prospect", 0)
