"""The demo's charts: how every second unit decides, a chamber where two have the last word, and somebody who got another boss."""

from accounts.charts.rules.flow import Step
from accounts.charts.services import draw_flow
from accounts.charts.terms import StepKind
from accounts.persons.models import Person, PersonRole
from accounts.persons.services import edit_person
from accounts.persons.terms import BuyerRole, GatekeeperKind
from accounts.units.models import KeyAccount
from kam.demo.story import Story

_TWO_SAY_YES = "温州商会"
_MAIN = "泉州商会"


def play_charts(story: Story) -> None:
    """Draw the flows six weeks ago, from the roles known; a fortnight ago the secretariat was put under the office."""
    for place, unit in enumerate(
        KeyAccount.objects.filter(owner__isnull=False).select_related("owner").order_by("pk")
    ):
        if place % 2 == 0 or unit.name == _TWO_SAY_YES:
            with story.at(story.day(-42), 15, place % 60):
                draw_flow(unit, _steps(unit), by=unit.owner, revision=0)
    unit = KeyAccount.objects.select_related("owner").get(name=_MAIN)
    office = Person.objects.filter(unit=unit, post="办公室主任").order_by("pk").first()
    for person in Person.objects.filter(unit=unit, post="秘书处干事").order_by("pk"):
        with story.at(story.day(-14), 10):
            edit_person(person, {"reports_to": office}, by=unit.owner)


def _steps(unit: KeyAccount) -> list[Step]:
    roles = PersonRole.objects.filter(person__unit=unit, ended_on__isnull=True).order_by("pk")
    held = {(role.role, role.gatekeeper_kind): role.person_id for role in roles}

    def step(kind: StepKind, role: BuyerRole, gatekeeper: str, otherwise: str, days: int | None) -> Step:
        person_id = held.get((role, gatekeeper))
        return Step(kind, person_id, "" if person_id else otherwise, days)

    steps = [
        step(StepKind.PROPOSE, BuyerRole.USER, "", "办公室", 5),
        step(StepKind.REVIEW, BuyerRole.GATEKEEPER, GatekeeperKind.TECHNICAL, "外请设计院", 10),
        step(StepKind.BUDGET, BuyerRole.GATEKEEPER, GatekeeperKind.FINANCIAL, "财务", 7),
        step(StepKind.DECIDE, BuyerRole.DECISION_MAKER, "", "会议决定", 3),
    ]
    if unit.name == _TWO_SAY_YES:
        steps.append(Step(StepKind.DECIDE, who="理事会", days=14))
    return [*steps, Step(StepKind.SIGN, who="法定代表人", days=None)]
