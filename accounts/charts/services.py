"""The act on charts: draw the decision flow anew."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.charts.labels import FLOW_PROBLEMS
from accounts.charts.models import DecisionFlow, DecisionStep
from accounts.charts.rules.flow import Step, flow_problem
from accounts.charts.selectors import steps_of
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit, mark_dirty
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.users.models import User

STALE = _("Somebody has drawn this flow anew meanwhile. Look at it, then save again.")


@transaction.atomic
def draw_flow(
    unit: KeyAccount, steps: Sequence[Step], *, by: User | None, revision: int, on: date | None = None
) -> DecisionFlow:
    """Keep the flow as the next revision; `revision` is the one that the drawer saw, 0 for none.

    The same steps again write nothing. Raises BusinessError with the field `step-<place>` for a step that cannot be, ConflictError
    where somebody drew meanwhile.
    """
    row = lock_unit(unit.pk)
    latest = DecisionFlow.objects.filter(unit=row).order_by("-revision").first()
    if (latest.revision if latest else 0) != revision:
        raise ConflictError(STALE, code="stale")
    _check(row, steps)
    if latest is not None and steps_of(latest) == list(steps):
        return latest
    flow = DecisionFlow.objects.create(unit=row, revision=revision + 1, drawn_on=on or business_date(), by=by)
    DecisionStep.objects.bulk_create(
        DecisionStep(
            flow=flow, place=place, kind=step.kind, person_id=step.person_id, who=step.who, days=step.days
        )
        for place, step in enumerate(steps)
    )
    record("accounts.flow.drawn", flow, by=by, changes={"revision": (revision or None, flow.revision)})
    mark_dirty(row.pk)
    return flow


def _check(unit: KeyAccount, steps: Sequence[Step]) -> None:
    if problem := flow_problem(steps):
        place, code = problem
        raise BusinessError(FLOW_PROBLEMS[code], code=code, field=f"step-{place}")
    named = {step.person_id for step in steps if step.person_id is not None}
    there = set(Person.objects.filter(unit=unit, pk__in=named).values_list("pk", flat=True))
    for place, step in enumerate(steps):
        if step.person_id is not None and step.person_id not in there:
            raise BusinessError(_("This person works at another unit."), code="unit", field=f"step-{place}")
