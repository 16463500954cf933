"""What was learned, assessed and stated only grows: the application's role cannot change it, and the owner is refused by trigger."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from accounts.charts.rules.flow import Step
from accounts.charts.services import draw_flow
from accounts.charts.terms import StepKind
from accounts.development.models import AccountPlan
from accounts.development.services import move_phase, write_swot
from accounts.development.services_plan import review_plan
from accounts.persons.models import PersonFact
from accounts.persons.services import assess_person
from accounts.persons.terms import Insider
from accounts.qualification.models import QualificationCriterion, QualificationEvidence
from accounts.qualification.services import state_criterion
from accounts.relationships.services import Aim, InsiderTold, cultivate, open_sheet
from accounts.relationships.terms import Strength
from accounts.service_plans.services import conclude_review, propose_plans, write_plans
from accounts.units.models import Observation
from accounts.units.services import observe
from accounts.units.terms import Field, Phase
from kam.core.clock import business_date
from tests.application import attempts, contents_of, refusals
from tests.factories.accounts import make_person, make_role, make_unit
from tests.factories.kam import make_user

pytestmark = pytest.mark.django_db(transaction=True)

APPEND_ONLY = (
    "accounts_observation",
    "accounts_personfact",
    "accounts_qualificationevidence",
    "accounts_decisionflow",
    "accounts_decisionstep",
    "accounts_phasechange",
    "accounts_swot",
    "accounts_serviceplanrevision",
    "accounts_serviceplanreview",
    "accounts_planreview",
    "accounts_relationshiplevel",
    "accounts_insiderplan",
)
#: What makes the copy of a row another row, where a table wants that.
ANOTHER = {
    "accounts_decisionflow": ("revision", "revision + 1"),
    "accounts_decisionstep": ("place", "place + 1"),
    "accounts_phasechange": ("number", "number + 1"),
    "accounts_swot": ("revision", "revision + 1"),
    "accounts_serviceplanrevision": (
        "revision, starts_on, objective, action, is_stopped, reason",
        "revision + 1, starts_on, objective, action, is_stopped, 'another'",
    ),
    "accounts_serviceplanreview": ('"on"', '"on" + 1'),
}
DAY = date(2026, 6, 1)


@pytest.fixture
def unit():
    """One of everything that must never change."""
    owner = make_user("learning")
    unit = make_unit(owner=owner)
    observe(unit, {Field.HEADCOUNT: 312}, learned_on=DAY, by=owner)
    assess_person(make_person(unit), {"attitude": "supports"}, learned_on=DAY, by=owner)
    criterion = QualificationCriterion.objects.create(
        code="planted", label="x", kind="statement", introduced_on=DAY
    )
    state_criterion(unit, criterion, holds=True, text="page 3", by=owner)
    draw_flow(unit, [Step(StepKind.DECIDE, who="Boss")], by=owner, revision=0)
    write_swot(unit, {"strengths": ["near"]}, by=owner, revision=0)
    plan = AccountPlan.objects.create(unit=unit, revision=1, author=owner, state="approved", approved_on=DAY)
    review_plan(plan, conclusion="on the way", by=owner)
    reason = "said so in person"
    move_phase(unit, to=Phase.FIELD, by=owner, seen=0, reason=reason, is_override=True)
    person = make_person(unit, insider="candidate")
    make_role(person)
    write_plans(unit, propose_plans(unit, business_date()), by=owner, seen=0)
    conclude_review(unit, "Warmer", by=owner)
    cultivate(person, InsiderTold(Insider.CANDIDATE), by=owner)
    aim = Aim(Strength.ACQUAINTED, Strength.TRUSTING, "tells us the dates", business_date())
    open_sheet(person, aim, by=owner)
    return unit


def test_the_application_cannot_change_what_was_learned(unit, as_application):
    before = contents_of(APPEND_ONLY)
    assert all(count for count, _digest in before.values())
    keys = dict.fromkeys(APPEND_ONLY, "id")
    assert refusals(as_application, keys) == dict.fromkeys(attempts(keys), "InsufficientPrivilege")
    assert contents_of(APPEND_ONLY) == before


def test_the_application_adds_and_reads(unit, as_application):
    for table in APPEND_ONLY:
        with connection.cursor() as cursor:
            cursor.execute(
                "select string_agg(quote_ident(attname), ', ') from pg_attribute"
                " where attrelid = %s::regclass and attnum > 0 and not attisdropped and attname <> 'id'",
                [table],
            )
            columns = cursor.fetchone()[0]
        values = columns.replace(*ANOTHER[table]) if table in ANOTHER else columns
        as_application(f"insert into {table} ({columns}) select {values} from {table}")
        assert as_application(f"select count(*) from {table}") == [(2,)], table


@pytest.mark.parametrize("model", [Observation, PersonFact, QualificationEvidence])
def test_the_owner_is_refused_by_trigger(unit, model):
    before = contents_of(APPEND_ONLY)
    for act in (lambda: model.objects.update(created_at=None), lambda: model.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            act()
    assert contents_of(APPEND_ONLY) == before
