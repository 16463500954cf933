"""S-006 … S-009: proposals of the night, deciding about them, the core, the rules as a rule change, the pages."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.competition.models import ProductLine
from accounts.competition.rules import Position
from accounts.competition.services import learn_position
from accounts.competition.terms import Supply
from accounts.needs.terms import NeedState
from accounts.qualification.measures import demand
from accounts.qualification.models import CoreChange, TierProposal, TierScheme
from accounts.qualification.registry import (
    Measure,
    ValueSource,
    register_measure,
    register_value,
    worth_of,
)
from accounts.qualification.selectors import qualification_of
from accounts.qualification.selectors_tiers import explain
from accounts.qualification.services_tiers import (
    confirm_proposal,
    confirm_proposals,
    mark_core,
    propose,
    propose_for_all,
    reject_proposal,
    replace_tier_rules,
)
from accounts.qualification.terms import Axis, first_tier_rules
from accounts.qualification.tier_rules import preview_tiers
from accounts.units.models import KeyAccount, TierChange
from accounts.units.services import change_tier, observe
from accounts.units.terms import Field, Tier
from kam.approvals.routes import load_default_routes
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.sentences import read_sentence
from tests.accounts.qualification.test_criteria import approve, drafted_and_submitted
from tests.factories.accounts import make_contact, make_need, make_unit

DAY = date(2026, 6, 1)
STRONG = {Field.PURCHASING_POWER: 5, Field.PURCHASE_INTENTION: 5, Field.HEADCOUNT: 2000}
ADD = "/admin/approvals/rulechange/add/?kind=tiers"


@pytest.fixture(autouse=True)
def rules(db):
    return TierScheme.objects.get_or_create(
        version=1, defaults={"rules": first_tier_rules(), "introduced_on": date(2020, 1, 1)}
    )[0]


@pytest.fixture
def unit(cast):
    unit = make_unit("泉州商会", owner=cast.owner, tier="C")
    observe(unit, STRONG, learned_on=DAY, by=cast.owner)
    return unit


def proposed(unit):
    propose([unit.pk])
    return TierProposal.objects.open().filter(unit=unit).first()


def test_the_night_proposes_once_and_renews_what_changed(cast, unit):
    make_unit(owner=cast.owner)
    assert read_sentence(propose_for_all()) == "2 units looked at, 1 tiers proposed"
    first = TierProposal.objects.get()
    assert (first.current, first.proposed, first.potential_points) == ("C", "B", Decimal("100.0"))
    assert first.seen == {"purchasing_power": "5", "purchase_intention": "5", "headcount": "2000"}
    assert read_sentence(propose_for_all()) == "2 units looked at, 0 tiers proposed"
    observe(unit, {Field.LARGEST_DEAL: "600000"}, learned_on=DAY, by=cast.owner)
    propose_for_all()
    first.refresh_from_db()
    assert first.state == "overtaken"
    assert proposed(unit).proposed == "A"
    observe(unit, {Field.LARGEST_DEAL: "0", Field.PURCHASING_POWER: 2}, learned_on=DAY, by=cast.owner)
    observe(unit, {Field.PURCHASE_INTENTION: 2, Field.HEADCOUNT: 400}, learned_on=DAY, by=cast.owner)
    assert proposed(unit) is None  # the points speak for C, which it has


def test_confirming_changes_the_tier_with_the_reason(cast, unit):
    row = proposed(unit)
    confirm_proposal(row, by=cast.manager, reason="two visits confirm it")
    unit.refresh_from_db()
    row.refresh_from_db()
    assert (unit.tier, row.state, row.by, row.reason) == (
        "B",
        "confirmed",
        cast.manager,
        "two visits confirm it",
    )
    assert list(TierChange.objects.values_list("old", "new", "reason")) == [
        ("C", "B", "two visits confirm it")
    ]
    with pytest.raises(ConflictError):
        confirm_proposal(row, by=cast.manager, reason="again")
    assert TierChange.objects.count() == 1


def test_a_rejected_tier_is_not_proposed_again_until_the_rules_change(cast, unit):
    row = proposed(unit)
    with pytest.raises(BusinessError):
        reject_proposal(row, by=cast.manager, reason=" ")
    assert TierProposal.objects.open().count() == 1
    reject_proposal(row, by=cast.manager, reason="they reorganise")
    unit.refresh_from_db()
    assert (unit.tier, proposed(unit)) == ("C", None)
    assert AuditEntry.objects.get(act="accounts.unit.tier_rejected").reason == "they reorganise"
    replace_tier_rules(first_tier_rules() | {"known_percent": "40"}, by=cast.director, on=business_date())
    assert proposed(unit).scheme.version == 2


def test_a_tier_changed_by_hand_overtakes_the_proposal(cast, unit):
    row = proposed(unit)
    change_tier(unit, to=Tier.A, by=cast.manager, reason="strategic")
    row.refresh_from_db()
    assert (row.state, row.by) == ("overtaken", None)
    with pytest.raises(ConflictError):
        confirm_proposal(row, by=cast.manager, reason="late")
    unit.refresh_from_db()
    assert unit.tier == "A"


def test_many_are_confirmed_each_for_itself(cast, unit):
    other = make_unit(owner=cast.owner, tier="D")
    observe(other, STRONG, learned_on=DAY, by=cast.owner)
    rows = [proposed(unit), proposed(other)]
    change_tier(other, to=Tier.A, by=cast.manager, reason="strategic")
    results = {
        row.proposal.unit_id: bool(row.problem)
        for row in confirm_proposals(rows, by=cast.manager, reason="seen")
    }
    assert results == {unit.pk: False, other.pk: True}


def test_what_is_settled_stays_also_for_the_owner_of_the_database(cast, unit):
    row = reject_proposal(proposed(unit), by=cast.manager, reason="no")
    mark_core(unit, is_core=True, by=cast.owner, reason="nine sets")
    scheme = TierScheme.objects.get(version=1)
    for act in (
        lambda: TierProposal.objects.filter(pk=row.pk).update(reason="yes"),
        lambda: TierProposal.objects.filter(pk=row.pk).delete(),
        lambda: CoreChange.objects.update(reason="ten sets"),
        lambda: TierScheme.objects.filter(pk=scheme.pk).update(rules={}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    row.refresh_from_db()
    assert row.reason == "no"


def test_the_application_may_not_rewrite_the_core_or_delete_proposals(as_application):
    for sql in ("update accounts_corechange set reason = 'x'", "delete from accounts_tierproposal"):
        with pytest.raises(Exception, match="permission denied"):
            as_application(sql)


def test_two_open_proposals_of_one_unit_cannot_be(cast, unit):
    row = proposed(unit)
    row.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def test_the_core_is_an_act_with_a_reason(cast, unit):
    for told in ({"is_core": True, "reason": ""}, {"is_core": False, "reason": "small"}):
        with pytest.raises(BusinessError):
            mark_core(unit, by=cast.owner, **told)
    assert CoreChange.objects.count() == 0
    mark_core(unit, is_core=True, by=cast.owner, reason="nine sets", version=1)
    unit.refresh_from_db()
    assert (unit.is_core, unit.version) == (True, 2)
    with pytest.raises(ConflictError):
        mark_core(unit, is_core=False, by=cast.owner, reason="sold", version=1)
    assert list(CoreChange.objects.values_list("is_core", "reason")) == [(True, "nine sets")]


def test_the_best_source_tells_the_value_and_nothing_is_added_up(cast, unit):
    units = KeyAccount.objects.filter(pk=unit.pk)
    assert worth_of(units, business_date()) == {}
    observe(unit, {Field.LARGEST_DEAL: "120000"}, learned_on=DAY, by=cast.owner)
    assert worth_of(units, business_date())[unit.pk].amount == Decimal(120000)
    assert worth_of(units, DAY - timedelta(days=1)) == {}
    line = ProductLine.objects.get_or_create(code="dwellings", defaults={"label": "Dwellings"})[0]
    ours = Position(Supply.OURS, share_percent=Decimal(40), value_amount=Decimal(500_000))
    learn_position(unit, line, ours, by=cast.owner, seen=None, learned_on=DAY)
    told = worth_of(units, business_date())[unit.pk]
    assert (told.amount, told.source.key) == (Decimal("200000.00"), "our_lines")
    lines = {line.rule.key: line.seen for line in explain(unit, business_date()).outcome.lines}
    assert (lines["worth"], lines["white_space"]) == (Decimal("200000.00"), Decimal("300000.00"))


def test_stated_demand_counts_what_they_said(cast, unit):
    units = KeyAccount.objects.filter(pk=unit.pk)
    assert demand(units, business_date()) == {}
    observe(unit, {Field.PURCHASE_DEMAND: "twenty sets"}, learned_on=DAY, by=cast.owner)
    make_need(unit, kind="explicit")
    make_need(unit, kind="explicit", state=NeedState.DROPPED)
    make_need(unit)
    assert demand(units, business_date()) == {unit.pk: Decimal(2)}


def test_a_room_registers_once():
    with pytest.raises(ValueError, match="twice"):
        register_measure(Measure("worth", "Worth", Axis.VALUE, lambda _u, _d: {}))
    with pytest.raises(ValueError, match="twice"):
        register_value(ValueSource("told", "told", 1, lambda _u, _d: {}))


def test_qualification_of_a_day_uses_the_versions_and_facts_of_that_day(cast):
    unit = make_unit(owner=cast.owner)
    observe(unit, {Field.LARGEST_DEAL: "60000"}, learned_on=DAY, by=cast.owner)
    assert not qualification_of(unit, DAY - timedelta(days=1)).holds
    assert qualification_of(unit, DAY).holds


# --- Pages -------------------------------------------------------------------------------------------------------------


def test_the_manager_decides_on_the_page_and_others_read(cast, client_of, unit):
    row = proposed(unit)
    url = f"/accounts/{unit.pk}/tier/proposal/"
    body = {"proposal": row.pk, "decision": "confirm", "reason": "seen twice"}
    assert client_of(cast.owner).post(url, body).status_code == 403
    client = client_of(cast.manager)
    html = client.get(url).content.decode()
    assert "Proposed: C → B" in html
    assert "100.0 of 100 points" in html
    assert client.post(url, body | {"reason": ""}).status_code == 422
    assert TierProposal.objects.open().count() == 1
    assert client.post(url, body).status_code == 302
    assert client.post(url, body).status_code == 409
    unit.refresh_from_db()
    assert unit.tier == "B"
    html = client.get(url).content.decode()
    assert "seen twice" in html
    assert "The points speak for tier B, which the unit has." in html


def test_ticked_proposals_are_confirmed_with_one_reason(cast, client_of, unit):
    strange = make_unit(owner=cast.other_team, tier="C")
    observe(strange, STRONG, learned_on=DAY, by=cast.other_team)
    rows = [proposed(unit), proposed(strange)]
    client, url = client_of(cast.manager), "/accounts/tiers/confirm/"
    assert "泉州商会" in client.get("/accounts/tiers/").content.decode()
    ask = client.post(url, {"row": [row.pk for row in rows]})
    assert "Confirm the tier of 1 unit" in ask.content.decode()
    assert TierChange.objects.count() == 0
    done = client.post(url, {"row": [row.pk for row in rows], "reason": "all seen"})
    assert done.status_code == 302
    assert list(TierChange.objects.values_list("unit", "reason")) == [(unit.pk, "all seen")]
    assert client.post(url, {"row": [rows[1].pk], "reason": "mine?"}).status_code == 422
    assert client_of(cast.owner).post(url, {"row": [rows[1].pk], "reason": "x"}).status_code == 403


def test_the_figures_of_the_pyramid_open_their_rows(cast, client_of, unit):
    make_unit(owner=cast.same_team, tier="A", is_core=True)
    make_unit(owner=cast.other_team, tier="A")
    observe(unit, {Field.LARGEST_DEAL: "120000"}, learned_on=DAY, by=cast.owner)
    html = client_of(cast.manager).get("/accounts/pyramid/").content.decode()
    assert '<a href="/accounts/?tier=A">1</a>' in html
    assert '<a href="/accounts/?tier=A&amp;core=true">1</a>' in html
    assert "120,000.00 yuan of value known" in html
    assert f'<a href="/accounts/?tier=C&amp;owner={cast.owner.pk}">1</a>' in html
    one = client_of(cast.manager).get(f"/accounts/pyramid/?owner={cast.owner.pk}").content.decode()
    assert f'<a href="/accounts/?owner={cast.owner.pk}&amp;tier=A">0</a>' in one
    own = client_of(cast.owner).get(f"/accounts/pyramid/?owner={cast.same_team.pk}").content.decode()
    assert "By owner" not in own
    assert '<a href="/accounts/?tier=A">0</a>' in own


def test_the_curve_stands_above_its_table(cast, client_of):
    for amount in ("700000", "190000", "100000", "10000", "0"):
        unit = make_unit(owner=cast.owner)
        observe(unit, {Field.LARGEST_DEAL: amount}, learned_on=DAY, by=cast.owner)
    make_unit(owner=cast.owner)
    html = client_of(cast.owner).get("/accounts/concentration/").content.decode()
    assert "The top 20 % of the units hold 70.0 % of the value" in html
    assert "of 1 unit it is not" in html
    assert (
        "No value is known yet" in client_of(cast.other_team).get("/accounts/concentration/").content.decode()
    )


def test_visits_are_held_against_the_norm_of_the_tier(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner, tier="A")
    monday = business_date() - timedelta(days=business_date().weekday() + 7)
    for days in (0, 1, 2, 3, -7, -28):
        make_contact(unit, on=monday + timedelta(days=days))
    make_contact(unit, on=monday, channel="call", met=False)
    html = client_of(cast.owner).get("/accounts/norm/").content.decode()
    assert '<td class="num">4 / 12</td><td>0 · 0 · 1 · 4</td>' in html
    tab = client_of(cast.owner).get(f"/accounts/{unit.pk}/tabs/qualification/").content.decode()
    assert "4 / 12" in tab


@pytest.mark.parametrize("page", ["pyramid", "concentration", "norm", "tiers"])
def test_pages_ask_as_often_for_many_units_as_for_few(cast, client_of, page):
    client = client_of(cast.manager)

    def statements():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(f"/accounts/{page}/").status_code == 200
        return len(asked)

    def add(count):
        for _n in range(count):
            unit = make_unit(owner=cast.owner, tier="C")
            observe(unit, STRONG | {Field.LARGEST_DEAL: "70000"}, learned_on=DAY, by=cast.owner)
            propose([unit.pk])

    add(1)
    statements()
    few = statements()
    add(4)
    assert statements() == few


# --- The rules as a rule change ------------------------------------------------------------------------------------


def draft(**changes):
    told = {
        "valid_from": business_date().isoformat(),
        "reason": "the market moved",
        "medium": "35",
        "high": "65",
    }
    told["known_percent"] = "50"
    kept = first_tier_rules()
    for row in kept["measures"]:
        told |= {f"weight_{row['key']}": row["weight"], f"steps_{row['key']}": " ".join(row["steps"])}
    for level, tiers in kept["matrix"].items():
        for potential, tier in zip(("low", "medium", "high"), tiers, strict=True):
            told[f"cell_{level}_{potential}"] = tier
    return told | changes


def test_new_rules_are_previewed_approved_and_replace_the_old_ones(cast, client_of, unit):
    load_default_routes()
    data = draft(cell_low_high="A", reason="win them")
    approve(drafted_and_submitted(client_of(cast.admin), data, add=ADD), cast.director, cast.marketing)
    assert list(TierScheme.objects.order_by("version").values_list("version", "replaced_on")) == [
        (1, business_date()),
        (2, None),
    ]
    assert proposed(unit).proposed == "A"


def test_the_preview_counts_whom_the_draft_would_move(unit):
    drafted = first_tier_rules()
    drafted["matrix"] = drafted["matrix"] | {"low": ["D", "C", "A"]}
    shown = preview_tiers(drafted, business_date())
    assert shown.rows == [
        ["A", "0", "0", "1"],
        ["B", "0", "1", "0"],
        ["C", "1", "0", "0"],
        ["D", "0", "0", "0"],
        ["not enough known", "–", "0", "0"],
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weight_income": "11"}, "add up to 100"),
        ({"steps_worth": "1 2 three 4"}, "Four figures"),
        ({"steps_worth": "4 3 2 1"}, "Four figures"),
        ({"high": "20"}, "High lies above medium"),
        ({"cell_high_high": "D"}, "never leads to a lower tier"),
    ],
)
def test_bad_rules_are_answered_on_the_form(cast, client_of, changes, words):
    answer = client_of(cast.admin).post(ADD, draft(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with pytest.raises(BusinessError):
        replace_tier_rules(first_tier_rules() | {"known_percent": "101"}, by=cast.admin, on=business_date())
    with pytest.raises(BusinessError):
        replace_tier_rules(first_tier_rules(), by=cast.admin, on=date(2019, 1, 1))
    assert TierScheme.objects.count() == 1
