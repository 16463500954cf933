"""A row for every list that rooms above the frame registered, each about one unit and one of its persons."""

from datetime import timedelta
from decimal import Decimal

from django.db.models import F
from django.utils import timezone

from accounts.competition.models import ProductLine
from accounts.competition.rules import Position
from accounts.competition.services import learn_position
from accounts.competition.terms import Supply
from accounts.complaints.services import Received, record_complaint
from accounts.complaints.terms import ComplaintKind, Severity
from accounts.contacts.terms import ContactChannel
from accounts.evaluation.models import ScoreSheet
from accounts.knowledge.services import record_suggestion
from accounts.qualification.models import TierProposal
from accounts.red_flags.models import RedFlag
from accounts.red_flags.terms import FlagKind
from accounts.red_flags.terms import Severity as FlagSeverity
from accounts.relationships.services import Aim, open_sheet
from accounts.relationships.terms import Strength
from accounts.satisfaction.models import QuestionnaireVersion
from accounts.satisfaction.services import ask_person, open_round
from accounts.service_plans.services import propose_plans, write_plans
from accounts.units.models import KeyAccount
from campaigns.deals.services import DealTerms
from campaigns.gifts.models import GiftItem
from campaigns.quotes.services import make_quote
from kam.core.clock import business_date
from kam.notes.services import add_task
from kam.notes.terms import SourceKey, TaskKind
from tests.factories.accounts import file_definition, make_role
from tests.factories.campaigns import make_campaign, make_deal, make_rules
from tests.factories.visits import make_appointment, make_visit
from tests.permissions import (
    accounts_grading,
    accounts_knowledge,
    accounts_merge,
    accounts_pool,
    campaigns_briefings,
    campaigns_budgets,
    campaigns_earnest,
    campaigns_expenses,
    campaigns_gift_plans,
    campaigns_gifts,
    campaigns_materials,
    campaigns_offers,
    campaigns_outlets,
    campaigns_pilots,
    campaigns_prospects,
    campaigns_purchases,
    campaigns_rebates,
    campaigns_receptions,
    campaigns_sponsorships,
    campaigns_supplies,
    job_sheets,
    kpi_honours,
    kpi_sheets,
    kpi_statistics,
    kpi_targets,
    kpi_writings,
    visits_equipment,
    visits_trips,
)
from visits.followups.models import FollowUp


def plant_rows(cast, unit, person):
    """Make at least one row in each list that the owner may see."""
    _of_the_unit(cast, unit, person)
    _of_visits(cast, unit, person)
    _of_service(cast, unit, person)
    _of_learning(cast, unit)
    _of_campaigns(cast, unit, person)
    _of_money(cast)
    _of_people(cast)


def _of_the_unit(cast, unit, person):
    file_definition()
    line = ProductLine.objects.create(code="planted", label="Planted")
    learn_position(unit, line, Position(Supply.COMPETITOR, "Rival"), by=cast.owner, seen=None)
    flag = {"kind": FlagKind.NEVER_INTERVIEWED, "evidence": {"seat": "decision_maker", "person": person.name}}
    RedFlag.objects.create(
        unit=unit, since_on=business_date(), rule_version=1, severity=FlagSeverity.ATTENTION, **flag
    )
    TierProposal.objects.create(
        unit=unit, scheme_id=accounts_grading.scheme(cast), current="C", proposed="B", value_points="0",
        value_level="low", potential_points="80", potential_level="high", made_on=business_date(),
    )  # fmt: skip
    round_ = accounts_grading.running(cast)["pk"]
    ScoreSheet.objects.create(round_id=round_, unit=unit, scorer=cast.owner)


def _of_visits(cast, unit, person):
    make_visit(unit, person, user=cast.owner, on=timezone.localdate())
    make_appointment(unit, cast.owner, person=person, starts_at=timezone.now() + timedelta(days=1))
    FollowUp.objects.create(
        user=cast.owner, team=cast.team, day=timezone.localdate(), submitted_at=timezone.now()
    )


def _of_service(cast, unit, person):
    received = Received(ComplaintKind.QUALITY, Severity.SEVERE, "x", ContactChannel.CALL, business_date())
    record_complaint(unit, received, owner=cast.owner, by=None)
    make_role(person)
    write_plans(unit, propose_plans(unit, business_date()), by=cast.owner, seen=0)
    aim = Aim(Strength.ACQUAINTED, Strength.TRUSTING, "tells us the dates", business_date())
    open_sheet(person, aim, by=cast.owner)
    version = QuestionnaireVersion.objects.get(questionnaire__code="satisfaction")
    ends = timezone.now() + timedelta(days=7)
    ask_person(open_round(version, "Q3", ends_at=ends, by=cast.director), unit, person, by=cast.owner)


def _of_learning(cast, unit):
    record_suggestion(unit, "x", owner=cast.owner, by=cast.owner)
    accounts_knowledge.support(cast)
    accounts_knowledge.article(cast)
    visits_trips.trip(cast)
    visits_equipment.asked(cast)


def _of_campaigns(cast, unit, person):
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign, sets=2)
    make_deal(unit, campaign, customer=person)
    campaigns_budgets.payment(cast)
    terms = DealTerms(campaign, person, Decimal(442_000))
    make_quote(unit, terms, valid_until=business_date(), by=cast.owner)


def _of_money(cast):
    for plant in (
        campaigns_briefings.asked,
        campaigns_earnest.noted,
        campaigns_expenses.draft,
        campaigns_expenses.limit_asked,
        campaigns_gifts.asked,
        campaigns_gift_plans.draft,
        campaigns_gift_plans.schedule,
        campaigns_materials.material,
        campaigns_prospects.of_unit,
        campaigns_purchases.ready,
        campaigns_supplies.drawn,
        campaigns_offers.proposal,
        campaigns_offers.bid,
        campaigns_offers.agreement,
        campaigns_materials.supplement,
        campaigns_rebates.payable,
        campaigns_pilots.told,
        campaigns_receptions.asked,
        campaigns_sponsorships.asked,
        campaigns_outlets.inspection,
    ):
        _rename_units()
        plant(cast)


def _of_people(cast):
    _rename_units()
    accounts_pool.asked(cast)
    _rename_units()
    accounts_merge.merged(cast)
    job_sheets.in_force(cast)
    kpi_targets.own(cast)
    kpi_sheets.own(cast)
    kpi_writings.draft(cast)
    kpi_statistics.handed(cast)
    kpi_honours.approved(cast)
    unit = KeyAccount.objects.get(name="泉州商会")
    about = SourceKey("accounts.unit", str(unit.pk), unit.name)
    add_task("x", assignee=cast.owner, by=cast.owner, subject=about, kind=TaskKind.PROMISE)


def _rename_units():
    """The tables of rights plant a unit of one name each; here they stand together."""
    KeyAccount.objects.filter(name="泉州商会").update(name=F("pk"), name_key=F("pk"))
    GiftItem.objects.update(name=F("pk"))
