"""The acts on service plans: write what they say from a day on, follow a changed tier, conclude a review."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.roles.terms import Seat
from accounts.service_plans.labels import PROBLEMS
from accounts.service_plans.models import (
    ServicePlan,
    ServicePlanReview,
    ServicePlanRevision,
    ServicePlanTemplate,
)
from accounts.service_plans.rules import Draft, draft_problem
from accounts.service_plans.selectors import (
    draft_of,
    frequency_of,
    holders,
    plans_of,
    reviews_due,
    seen_of,
    templates_on,
    total,
)
from accounts.service_plans.terms import DayPart, Mode
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit, mark_dirty
from accounts.units.terms import Tier
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.periods import Period
from kam.users.models import User


@transaction.atomic
def write_plans(
    unit: KeyAccount,
    drafts: Sequence[Draft],
    *,
    by: User | None,
    seen: int,
    starts_on: date | None = None,
    reason: str = "",
    review: ServicePlanReview | None = None,
) -> list[ServicePlanRevision]:
    """Let the unit's plans say what the rows say from a day on; `seen` is the newest revision that the writer saw, 0 for none.

    A row that says what its plan says already writes nothing; the days before `starts_on` stay as they were planned. Raises BusinessError
    with the field `row-<place>-<field>` for a row that cannot be, ConflictError where somebody wrote meanwhile.
    """
    row = lock_unit(unit.pk)
    if seen_of(row) != seen:
        raise ConflictError(
            _("Somebody has changed these plans meanwhile. Look at them, then save again."), code="stale"
        )
    starts_on = starts_on or business_date()
    if starts_on < business_date():
        raise BusinessError(
            _("A plan changes from today on at the earliest."), code="past", field="starts_on"
        )
    _check(row, drafts)
    latest = _latest(row)
    templates = templates_on(row.tier, starts_on)
    made = []
    for draft in drafts:
        now = latest.get((draft.person_id, draft.seat))
        if _says_already(now, draft):
            continue
        if now is not None and not reason.strip():
            raise BusinessError(PROBLEMS["reason"], code="reason", field="reason")
        template = templates.get(draft.seat)
        same = template if template is not None and _is_from(template, draft) else None
        made.append(
            _write(row, draft, now, starts_on=starts_on, by=by, reason=reason, template=same, review=review)
        )
    if made:
        mark_dirty(row.pk)
    return made


def _check(unit: KeyAccount, drafts: Sequence[Draft]) -> None:
    known = {(role.person_id, seat.value) for role, seat in holders(unit, business_date())}
    known |= set(ServicePlan.objects.filter(unit=unit).values_list("person_id", "seat"))
    for place, draft in enumerate(drafts):
        if (draft.person_id, draft.seat) not in known:
            raise BusinessError(
                _("This person does not have this role here."), code="role", field=f"row-{place}"
            )
        if problem := draft_problem(draft):
            field, code = problem
            raise BusinessError(PROBLEMS[code], code=code, field=f"row-{place}-{field}")


def _latest(unit: KeyAccount) -> dict[tuple[int, str], ServicePlanRevision]:
    """Return (person, seat) → the last revision written, also one that begins later."""
    rows = ServicePlanRevision.objects.filter(plan__unit=unit).select_related("plan").order_by("revision")
    return {(row.plan.person_id, row.plan.seat): row for row in rows}


def _says_already(now: ServicePlanRevision | None, draft: Draft) -> bool:
    if now is None:
        return draft.is_stopped
    said = draft_of(now, now.plan)
    return said == draft or (said.is_stopped and draft.is_stopped)


def _is_from(template: ServicePlanTemplate, draft: Draft) -> bool:
    """Say whether the row is what the template proposes, in any of its languages."""
    texts = {
        (getattr(template, f"objective{suffix}"), getattr(template, f"action{suffix}"))
        for suffix in ("", "_zh_hans", "_zh_hant")
    }
    same = (template.mode, template.day_part, frequency_of(template)) == (
        draft.mode,
        draft.day_part,
        draft.frequency,
    )
    return same and not draft.is_stopped and (draft.objective, draft.action) in texts


def _write(
    unit: KeyAccount,
    draft: Draft,
    now: ServicePlanRevision | None,
    *,
    starts_on: date,
    by: User | None,
    reason: str,
    template: ServicePlanTemplate | None,
    review: ServicePlanReview | None,
) -> ServicePlanRevision:
    if now is not None and starts_on < now.starts_on:
        raise BusinessError(
            _("A revision of this plan begins on a later day already."), code="early", field="starts_on"
        )
    plan = now.plan if now else _begin(unit, draft)
    revision = ServicePlanRevision.objects.create(
        plan=plan,
        revision=now.revision + 1 if now else 1,
        starts_on=starts_on,
        objective=draft.objective.strip(),
        action=draft.action.strip(),
        mode=draft.mode,
        day_part=draft.day_part,
        every=draft.frequency.every,
        number=draft.frequency.number,
        weekdays=sorted(draft.frequency.weekdays),
        day_of_month=draft.frequency.day_of_month,
        is_stopped=draft.is_stopped,
        reason=reason.strip()[:300],
        template=template,
        review=review,
        by=by,
    )
    changes = {
        "revision": (now.revision if now else None, revision.revision),
        "frequency": (now.frequency_text if now else None, revision.frequency_text),
        "starts_on": (now.starts_on if now else None, starts_on),
    }
    act = "stopped" if draft.is_stopped else "revised" if now else "begun"
    record(f"accounts.service_plan.{act}", plan, by=by, changes=changes, reason=reason)
    return revision


def _begin(unit: KeyAccount, draft: Draft) -> ServicePlan:
    person = Person.objects.get(pk=draft.person_id, unit=unit)
    return ServicePlan.objects.create(unit=unit, person=person, seat=draft.seat)


def proposed(template: ServicePlanTemplate, person_id: int) -> Draft:
    """Return what a template proposes for a person, in the reader's language."""
    return Draft(
        person_id,
        template.seat,
        template.told("objective"),
        template.told("action"),
        Mode(template.mode),
        DayPart(template.day_part),
        frequency_of(template),
    )


def propose_plans(unit: KeyAccount, on: date) -> list[Draft]:
    """Return a row for everybody who has a role and no plan yet, as the templates of the unit's tier propose it."""
    planned = set(ServicePlan.objects.filter(unit=unit).values_list("person_id", "seat"))
    templates = templates_on(unit.tier, on)
    return [
        proposed(templates[seat], role.person_id)
        for role, seat in holders(unit, on)
        if seat in templates and (role.person_id, seat.value) not in planned
    ]


@transaction.atomic
def follow_tier(unit: KeyAccount, old: Tier, new: Tier, by: User | None) -> None:
    """Let plans that are still as proposed follow the new tier's proposal from today on; what somebody wrote stays."""
    today = business_date()
    templates = templates_on(new, today)
    for (person_id, seat), now in _latest(unit).items():
        template = templates.get(Seat(seat))
        if template is None or now.template_id is None or now.is_stopped or now.starts_on > today:
            continue
        with override(by.language if by else get_language()):
            draft = proposed(template, person_id)
            reason = str(_("Tier %(new)s instead of %(old)s") % {"new": new, "old": old})
        if draft != draft_of(now, now.plan):
            _write(unit, draft, now, starts_on=today, by=by, reason=reason, template=template, review=None)


@transaction.atomic
def conclude_review(
    unit: KeyAccount, conclusion: str, *, by: User | None, on: date | None = None
) -> ServicePlanReview:
    """Keep what was concluded of the unit's plans since the last review, with the figures of that time; once a day."""
    row = lock_unit(unit.pk)
    on = on or business_date()
    if not conclusion.strip():
        raise BusinessError(_("Say what you conclude."), code="empty", field="conclusion")
    last = ServicePlanReview.objects.filter(unit=row).order_by("-on").first()
    if last is not None and last.on >= on:
        raise BusinessError(_("These plans were reviewed today already."), code="again")
    plans = plans_of(row, today=on)
    begun = [one.revisions[0].starts_on for one in plans if one.revisions]
    if not begun or min(begun) > on:
        raise BusinessError(_("There is no plan to review yet."), code="no_plan")
    due = reviews_due([row.pk]).get(row.pk)
    first_on = last.on + timedelta(days=1) if last else min(begun)
    counted = total(plans, Period(first_on, on))
    review = ServicePlanReview.objects.create(
        unit=row,
        on=on,
        first_on=first_on,
        because=due.because if due is not None and due.on <= on else "",
        planned=counted.planned,
        done=counted.done,
        late=counted.late,
        open=counted.open,
        missed=counted.missed,
        unplanned=counted.unplanned,
        conclusion=conclusion.strip()[:2000],
        by=by,
    )
    record("accounts.service_plan.reviewed", review, by=by, changes={"conclusion": (None, review.conclusion)})
    return review
