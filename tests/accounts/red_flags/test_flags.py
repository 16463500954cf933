"""Each flag: caused through the services, cleared, and not raised again for the same facts."""

from datetime import date, timedelta

import pytest

from accounts.charts.rules.flow import Step
from accounts.charts.services import draw_flow
from accounts.charts.terms import StepKind
from accounts.contacts.services import record_contact
from accounts.contacts.terms import ContactChannel
from accounts.persons.services import add_person, assess_person, edit_person, end_role, mark_left, set_role
from accounts.persons.terms import Attitude, BuyerRole, Confidence, GatekeeperKind, Insider
from accounts.red_flags import registry
from accounts.red_flags.models import RedFlag
from accounts.red_flags.services import acknowledge, recompute
from accounts.red_flags.terms import FlagKind, FlagState
from accounts.units.services import change_owner, change_status, change_tier, create_unit, observe
from accounts.units.terms import Field, Tier, UnitStatus
from kam.core.errors import BusinessError, ConflictError

pytestmark = [pytest.mark.django_db, pytest.mark.rules]

OPENED = date(2026, 6, 1)
DECIDES, USES, JUDGES = BuyerRole.DECISION_MAKER, BuyerRole.USER, BuyerRole.GATEKEEPER
TECHNICAL, FINANCIAL = GatekeeperKind.TECHNICAL, GatekeeperKind.FINANCIAL


class Stage:
    """A unit and the acts on it; `at(day)` computes its flags as of that day."""

    def __init__(self, user, travel):
        self.user, self.travel = user, travel
        self.go(OPENED)
        self.unit = create_unit({"name": "泉州商会", "channel": "chamber"}, by=user, owner=user, on=OPENED)

    def go(self, day):
        self.today = day
        self.travel.move_to(f"{day}T02:00:00Z")

    def person(self, name, *roles, confidence=Confidence.CONFIRMED, on=None):
        made = add_person(self.unit, {"name": name}, by=self.user, on=on or self.today)
        for role, kind in roles:
            set_role(made, role, by=self.user, kind=kind, confidence=confidence, on=on or self.today)
        return made

    def met(self, *persons, **ways):
        way = {"channel": ContactChannel.VISIT, "met": True} | ways
        record_contact(self.unit, on=self.today, persons=persons, by=self.user, **way)

    def standing(self, kind):
        recompute([self.unit.pk], today=self.today)
        return list(RedFlag.objects.standing().filter(unit=self.unit, kind=kind).order_by("id"))

    def all_of(self, kind):
        return list(RedFlag.objects.filter(unit=self.unit, kind=kind).order_by("id"))


@pytest.fixture
def stage(cast, time_machine):
    return Stage(cast.owner, time_machine)


def seats(flags):
    return {flag.evidence["seat"] for flag in flags}


def test_role_missing(stage):
    assert seats(stage.standing(FlagKind.ROLE_MISSING)) == {"decision_maker", "technical", "user"}
    person = stage.person("许志远", (DECIDES, ""))
    stage.person("黄秀梅", (JUDGES, FINANCIAL))
    assert seats(stage.standing(FlagKind.ROLE_MISSING)) == {"technical", "user"}
    (cleared,) = [f for f in stage.all_of(FlagKind.ROLE_MISSING) if f.state == FlagState.CLEARED]
    assert cleared.cleared_evidence["seats"]["decision_maker"] == "许志远"
    stage.standing(FlagKind.ROLE_MISSING)
    assert len(stage.all_of(FlagKind.ROLE_MISSING)) == 3
    stage.go(date(2026, 6, 20))
    end_role(person.roles.get(), by=stage.user)
    again = [f for f in stage.standing(FlagKind.ROLE_MISSING) if f.evidence["seat"] == "decision_maker"]
    assert [f.since_on for f in again] == [date(2026, 6, 20)]
    assert len(stage.all_of(FlagKind.ROLE_MISSING)) == 4


def test_role_assumed(stage):
    person = stage.person("许志远", (DECIDES, ""), confidence=Confidence.ASSUMED)
    (flag,) = stage.standing(FlagKind.ROLE_ASSUMED)
    assert (flag.person, flag.since_on, flag.evidence["seat"]) == (person, OPENED, "decision_maker")
    set_role(person, DECIDES, by=stage.user, confidence=Confidence.CONFIRMED)
    assert stage.standing(FlagKind.ROLE_ASSUMED) == []
    assert [f.state for f in stage.all_of(FlagKind.ROLE_ASSUMED)] == [FlagState.CLEARED]


def test_never_interviewed(stage):
    person = stage.person("黄秀梅", (JUDGES, FINANCIAL))
    stage.met(person, channel=ContactChannel.CALL, met=False)
    (flag,) = stage.standing(FlagKind.NEVER_INTERVIEWED)
    assert flag.person == person
    stage.go(OPENED + timedelta(days=2))
    stage.met(person)
    assert stage.standing(FlagKind.NEVER_INTERVIEWED) == []
    assert stage.all_of(FlagKind.NEVER_INTERVIEWED)[0].cleared_evidence["met"] == "2026-06-03"
    stage.person("林美华")
    assert stage.standing(FlagKind.NEVER_INTERVIEWED) == []


def test_decision_maker_unseen(stage):
    boss, user = stage.person("许志远", (DECIDES, "")), stage.person("蔡文斌", (USES, ""))
    assert stage.standing(FlagKind.DECISION_MAKER_UNSEEN) == []
    stage.met(user)
    (flag,) = stage.standing(FlagKind.DECISION_MAKER_UNSEEN)
    assert (flag.person, flag.evidence["seen"]) == (boss, ["蔡文斌"])
    stage.go(OPENED + timedelta(days=1))
    stage.met(boss)
    assert stage.standing(FlagKind.DECISION_MAKER_UNSEEN) == []
    assert len(stage.all_of(FlagKind.DECISION_MAKER_UNSEEN)) == 1


def test_no_insider(stage):
    person = stage.person("蔡文斌", (USES, ""))
    (first,) = stage.standing(FlagKind.NO_INSIDER)
    assess_person(person, {"insider": Insider.INSIDER}, learned_on=stage.today, by=stage.user)
    assert stage.standing(FlagKind.NO_INSIDER) == []
    stage.go(date(2026, 6, 10))
    assess_person(person, {"insider": Insider.NONE}, learned_on=stage.today, by=stage.user)
    (again,) = stage.standing(FlagKind.NO_INSIDER)
    assert (again.pk != first.pk, again.since_on) == (True, date(2026, 6, 10))


def test_single_thread(stage):
    one, two = stage.person("许志远"), stage.person("蔡文斌")
    assert stage.standing(FlagKind.SINGLE_THREAD) == []
    stage.met(one)
    (flag,) = stage.standing(FlagKind.SINGLE_THREAD)
    assert flag.person == one
    stage.met(two, channel=ContactChannel.CALL, met=False)
    assert stage.standing(FlagKind.SINGLE_THREAD) == []
    stage.go(OPENED + timedelta(days=5))
    mark_left(two, by=stage.user)
    (again,) = stage.standing(FlagKind.SINGLE_THREAD)
    assert (again.pk != flag.pk, again.since_on) == (True, OPENED + timedelta(days=5))


def test_new_face(stage):
    person = stage.person("庄明辉")
    (flag,) = stage.standing(FlagKind.NEW_FACE)
    assert flag.person == person
    assess_person(
        person, {"influence": 3, "attitude": Attitude.NEUTRAL}, learned_on=stage.today, by=stage.user
    )
    assert stage.standing(FlagKind.NEW_FACE) == []
    assess_person(person, {"attitude": Attitude.UNKNOWN}, learned_on=stage.today, by=stage.user)
    assert stage.standing(FlagKind.NEW_FACE) == []
    assert len(stage.all_of(FlagKind.NEW_FACE)) == 1


def test_new_face_ends_after_thirty_days(stage):
    stage.person("庄明辉")
    stage.go(OPENED + timedelta(days=30))
    assert len(stage.standing(FlagKind.NEW_FACE)) == 1
    stage.go(OPENED + timedelta(days=31))
    assert stage.standing(FlagKind.NEW_FACE) == []


def test_person_left(stage):
    person = stage.person("许志远", (DECIDES, ""))
    stage.go(OPENED + timedelta(days=40))
    mark_left(person, by=stage.user)
    (flag,) = stage.standing(FlagKind.PERSON_CHANGED)
    assert flag.evidence["seats"] == ["decision_maker"]
    stage.go(OPENED + timedelta(days=100))
    assert stage.standing(FlagKind.PERSON_CHANGED) == [flag]
    stage.person("陈国强", (DECIDES, ""))
    assert stage.standing(FlagKind.PERSON_CHANGED) == []
    assert len(stage.all_of(FlagKind.PERSON_CHANGED)) == 1


def test_person_changed_post(stage):
    person = stage.person("许志远")
    stage.go(OPENED + timedelta(days=10))
    edit_person(person, {"post": "副会长"}, by=stage.user)
    (flag,) = stage.standing(FlagKind.PERSON_CHANGED)
    assert (flag.evidence["new"], flag.since_on) == ("副会长", OPENED + timedelta(days=10))
    assess_person(person, {"influence": 2}, learned_on=stage.today, by=stage.user)
    assert stage.standing(FlagKind.PERSON_CHANGED) == []
    assert len(stage.all_of(FlagKind.PERSON_CHANGED)) == 1


def test_purchasing_power_changed(stage):
    boss = stage.person("许志远", (DECIDES, ""))
    observe(stage.unit, {Field.PURCHASING_POWER: 4}, learned_on=stage.today, by=stage.user)
    assert stage.standing(FlagKind.PURCHASING_POWER_CHANGED) == []
    stage.go(OPENED + timedelta(days=3))
    observe(stage.unit, {Field.PURCHASING_POWER: 2}, learned_on=stage.today, by=stage.user)
    (flag,) = stage.standing(FlagKind.PURCHASING_POWER_CHANGED)
    assert (flag.evidence, flag.since_on) == ({"old": 4, "new": 2}, stage.today)
    stage.go(OPENED + timedelta(days=4))
    stage.met(boss)
    assert stage.standing(FlagKind.PURCHASING_POWER_CHANGED) == []
    assert len(stage.all_of(FlagKind.PURCHASING_POWER_CHANGED)) == 1


@pytest.fixture
def told(monkeypatch):
    """Facts that an app above would tell."""
    facts = {}
    monkeypatch.setattr(registry, "_providers", [])
    registry.register_facts(lambda ids, _today: {unit_id: dict(facts) for unit_id in ids})
    return facts


def test_no_outline(stage, told):
    told["visits_due"] = [{"key": "line:7", "on": stage.today, "has_outline": False, "label": "09:00"}]
    (flag,) = stage.standing(FlagKind.NO_OUTLINE)
    assert flag.evidence == {"visit": "09:00"}
    told["visits_due"] = [{"key": "line:7", "on": stage.today, "has_outline": True, "label": "09:00"}]
    assert stage.standing(FlagKind.NO_OUTLINE) == []
    told["visits_due"] = [{"key": "line:7", "on": stage.today, "has_outline": False, "label": "09:00"}]
    assert stage.standing(FlagKind.NO_OUTLINE) == []


def test_nothing_written(stage):
    person = stage.person("许志远")
    stage.go(OPENED + timedelta(days=30))
    stage.met(person)
    assert stage.standing(FlagKind.NOTHING_WRITTEN) == []
    stage.go(OPENED + timedelta(days=31))
    (flag,) = stage.standing(FlagKind.NOTHING_WRITTEN)
    assert flag.since_on == stage.today
    stage.met(person, channel=ContactChannel.LETTER, met=False, written=True)
    assert stage.standing(FlagKind.NOTHING_WRITTEN) == []
    stage.go(stage.today + timedelta(days=31))
    assert len(stage.standing(FlagKind.NOTHING_WRITTEN)) == 1


@pytest.mark.parametrize(("tier", "days"), [(Tier.A, 7), (Tier.B, 14), (Tier.C, 30), (Tier.D, 60)])
def test_no_contact(stage, tier, days):
    if tier != Tier.D:
        change_tier(stage.unit, to=tier, by=stage.user, reason="value")
    stage.go(OPENED + timedelta(days=days))
    assert stage.standing(FlagKind.NO_CONTACT) == []
    stage.go(OPENED + timedelta(days=days + 1))
    (flag,) = stage.standing(FlagKind.NO_CONTACT)
    assert (flag.evidence["days"], flag.since_on) == (days, stage.today)
    stage.met(stage.person("许志远"), channel=ContactChannel.CALL, met=False)
    assert stage.standing(FlagKind.NO_CONTACT) == []
    assert len(stage.all_of(FlagKind.NO_CONTACT)) == 1


def test_key_person_changed(stage, told):
    from accounts.persons.models import KeyPersonPeriod

    person = stage.person("许志远")
    period = KeyPersonPeriod.objects.create(
        unit=stage.unit, person=person, started_on=OPENED, designated_at="2026-06-01T02:00Z"
    )
    told["open_referrals"] = 2
    assert stage.standing(FlagKind.KEY_PERSON_CHANGED) == []
    stage.go(OPENED + timedelta(days=9))
    mark_left(person, by=stage.user)
    (flag,) = stage.standing(FlagKind.KEY_PERSON_CHANGED)
    assert (flag.fact_key, flag.evidence["referrals"]) == (str(period.pk), 2)
    told["open_referrals"] = 0
    assert stage.standing(FlagKind.KEY_PERSON_CHANGED) == []
    told["open_referrals"] = 2
    assert stage.standing(FlagKind.KEY_PERSON_CHANGED) == []


def test_a_flag_is_accepted_only_with_a_comment_and_once(stage):
    (flag,) = stage.standing(FlagKind.NO_INSIDER)
    with pytest.raises(BusinessError) as refused:
        acknowledge(flag, by=stage.user, comment="  ", version=1)
    assert refused.value.field == "comment"
    with pytest.raises(ConflictError):
        acknowledge(flag, by=stage.user, comment="known", version=9)
    flag.refresh_from_db()
    assert (flag.state, flag.version) == (FlagState.OPEN, 1)
    acknowledge(flag, by=stage.user, comment="They are three people.", version=1)
    (kept,) = stage.standing(FlagKind.NO_INSIDER)
    assert (kept.state, kept.comment, kept.acknowledged_by) == (
        FlagState.ACKNOWLEDGED,
        "They are three people.",
        stage.user,
    )
    with pytest.raises(BusinessError):
        acknowledge(flag, by=stage.user, comment="again", version=2)


def test_a_unit_given_up_or_in_the_pool_has_no_standing_flags(stage):
    assert RedFlag.objects.count() == 0
    stage.standing(FlagKind.NO_INSIDER)
    assert RedFlag.objects.standing().count() > 0
    change_owner(stage.unit, owner=None, by=stage.user)
    stage.standing(FlagKind.NO_INSIDER)
    assert RedFlag.objects.standing().count() == 0
    change_owner(stage.unit, owner=stage.user, by=stage.user)
    change_status(stage.unit, to=UnitStatus.LOST, by=stage.user, reason="moved away")
    stage.standing(FlagKind.NO_INSIDER)
    assert RedFlag.objects.standing().count() == 0


def test_organisation_changed(stage):
    boss, other = stage.person("Xu"), stage.person("Huang")
    person = stage.person("Cai")
    edit_person(
        person, {"reports_to": boss, "department": "Office"}, by=stage.user
    )  # the first that is known is no move
    assert stage.standing(FlagKind.ORGANISATION_CHANGED) == []
    stage.go(date(2026, 6, 10))
    edit_person(person, {"reports_to": other}, by=stage.user)
    edit_person(boss, {"department": "Board"}, by=stage.user)
    (flag,) = stage.standing(FlagKind.ORGANISATION_CHANGED)
    assert (flag.since_on, flag.evidence) == (date(2026, 6, 10), {"moved": ["Cai"]})
    stage.go(date(2026, 6, 11))
    draw_flow(stage.unit, [Step(StepKind.DECIDE, boss.pk)], by=stage.user, revision=0)
    assert stage.standing(FlagKind.ORGANISATION_CHANGED) == []
    assert len(stage.all_of(FlagKind.ORGANISATION_CHANGED)) == 1
    stage.go(date(2026, 6, 20))
    edit_person(person, {"department": "Works"}, by=stage.user)
    assert [f.since_on for f in stage.standing(FlagKind.ORGANISATION_CHANGED)] == [date(2026, 6, 20)]
    stage.go(date(2026, 7, 21))
    assert stage.standing(FlagKind.ORGANISATION_CHANGED) == []
    assert len(stage.all_of(FlagKind.ORGANISATION_CHANGED)) == 2


def test_deciders_unclear(stage):
    one = stage.person("Xu", (DECIDES, ""))
    assert stage.standing(FlagKind.DECIDERS_UNCLEAR) == []
    two = stage.person("Huang", (DECIDES, ""))
    (flag,) = stage.standing(FlagKind.DECIDERS_UNCLEAR)
    assert flag.evidence == {"deciders": 2}
    both = [Step(StepKind.DECIDE, one.pk), Step(StepKind.DECIDE, two.pk)]
    draw_flow(stage.unit, both[:1], by=stage.user, revision=0)
    assert stage.standing(FlagKind.DECIDERS_UNCLEAR) == []
    draw_flow(stage.unit, both, by=stage.user, revision=1)
    (flag,) = stage.standing(FlagKind.DECIDERS_UNCLEAR)
    assert flag.evidence == {"deciders": 2}
    draw_flow(stage.unit, [Step(StepKind.SIGN, one.pk)], by=stage.user, revision=2)
    assert [f.evidence for f in stage.standing(FlagKind.DECIDERS_UNCLEAR)] == [{"deciders": 0}]
    draw_flow(stage.unit, both[:1], by=stage.user, revision=3)
    assert stage.standing(FlagKind.DECIDERS_UNCLEAR) == []
    assert len(stage.all_of(FlagKind.DECIDERS_UNCLEAR)) == 3
    stage.standing(FlagKind.DECIDERS_UNCLEAR)
    assert len(stage.all_of(FlagKind.DECIDERS_UNCLEAR)) == 3
