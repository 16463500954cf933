"""The service plan of a unit as it is shown and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.roles.labels import SEAT_LABELS
from accounts.roles.terms import Seat
from accounts.service_plans.labels import BECAUSE_LABELS, STANDING_LABELS, STANDING_TONES
from accounts.service_plans.models import ServicePlan, ServicePlanReview, ServicePlanRevision
from accounts.service_plans.rules import Measure, ReviewDue
from accounts.service_plans.selectors import (
    Followed,
    holders,
    plans_of,
    reviews_due,
    reviews_of,
    total,
)
from accounts.service_plans.terms import PLANNED, Standing
from accounts.units.models import KeyAccount
from kam.core.periods import month_of
from kam.pdf.services import Sheet
from kam.pdf.terms import FAMILIES


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan in words: what it says, what is next, how the month stands."""

    followed: Followed
    seat: Any
    next_on: date | None
    standing: Any
    tone: str

    @property
    def plan(self) -> ServicePlan:
        return self.followed.plan

    @property
    def current(self) -> ServicePlanRevision | None:
        return self.followed.current

    @property
    def month(self) -> Measure:
        return self.followed.month

    @property
    def state(self) -> str:
        """Why nothing is planned, "" where something is."""
        if self.followed.is_running:
            return ""
        return str(_("stopped")) if self.followed.is_held else str(_("has the role no longer"))


@dataclass(frozen=True, slots=True)
class UnitPlans:
    """All plans of a unit with their figures of this month, who has none, and the reviews."""

    unit: KeyAccount
    today: date
    plans: list[ShownPlan]
    month: Measure
    without: list[tuple[Any, Any]]
    reviews: list[ServicePlanReview]
    review: ReviewDue | None

    @property
    def running(self) -> list[ShownPlan]:
        return [shown for shown in self.plans if shown.followed.is_running]

    @property
    def is_review_due(self) -> bool:
        return self.review is not None and self.review.on <= self.today

    @property
    def review_why(self) -> Any:
        return BECAUSE_LABELS[self.review.because] if self.review else ""


def shown_plan(followed: Followed) -> ShownPlan:
    following = followed.course.next if followed.is_running else None
    standing = following.standing if following else None
    return ShownPlan(
        followed,
        SEAT_LABELS[Seat(followed.plan.seat)],
        following.occurrence.on if following else None,
        STANDING_LABELS[standing] if standing else "",
        STANDING_TONES[standing] if standing else "draft",
    )


def unit_plans(unit: KeyAccount, *, today: date) -> UnitPlans:
    """Return everything about the service plans of a unit, in a fixed number of queries."""
    found = plans_of(unit, today=today)
    planned = {(one.plan.person_id, one.plan.seat) for one in found}
    return UnitPlans(
        unit,
        today,
        [shown_plan(one) for one in found],
        total(found, month_of(today)),
        [
            (role.person, SEAT_LABELS[seat])
            for role, seat in holders(unit, today)
            if (role.person_id, seat.value) not in planned
        ],
        reviews_of(unit),
        reviews_due([unit.pk]).get(unit.pk),
    )


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One planned contact of the past or of the weeks ahead, with the contact that answered it."""

    on: date
    label: Any
    tone: str
    done_on: date | None


def course_days(followed: Followed, *, limit: int = 20) -> list[ShownDay]:
    """Return the next planned contact and those before it, the latest first."""
    answered = followed.course.answered
    ahead = next((n for n, one in enumerate(answered) if one.standing is Standing.AHEAD), len(answered))
    return [
        ShownDay(
            one.occurrence.on,
            STANDING_LABELS[one.standing],
            STANDING_TONES[one.standing],
            one.touch.on if one.touch else None,
        )
        for one in reversed(answered[max(ahead + 1 - limit, 0) : ahead + 1])
    ]


def differing(before: ServicePlanRevision, after: ServicePlanRevision) -> list[tuple[str, str, str, bool]]:
    """Return each column of two revisions with whether they differ; the frequency reads as one."""
    names = [name for name in PLANNED if name not in {"every", "number", "weekdays", "day_of_month"}]
    rows = [
        (
            str(ServicePlanRevision._meta.get_field(name).verbose_name),  # type: ignore[union-attr]  # noqa: SLF001 -- Django documents _meta as its API
            _said(before, name),
            _said(after, name),
        )
        for name in names
    ]
    rows.append((_("frequency"), _often(before), _often(after)))
    return [(label, old, new, old != new) for label, old, new in rows]


def _said(row: ServicePlanRevision, name: str) -> str:
    show = getattr(row, f"get_{name}_display", None)
    return str(show() if show else getattr(row, name))


def _often(row: ServicePlanRevision) -> str:
    return _("stopped") if row.is_stopped else row.frequency_text


def chosen(
    revisions: Sequence[ServicePlanRevision], number: int | None, otherwise: int
) -> ServicePlanRevision:
    """Return the revision of this number, or the one at `otherwise` counted from the end."""
    named = next((row for row in revisions if row.revision == number), None)
    return named or revisions[max(len(revisions) - otherwise, 0)]


def plan_sheet(unit: KeyAccount, *, today: date, language: str) -> Sheet:
    """Return the service plan of a unit as a landscape sheet (角色服务计划)."""
    with override(language):
        return Sheet(
            "accounts_service_plan",
            {"shown": unit_plans(unit, today=today), "unit": unit, "family": FAMILIES[language][0]},
            _("Service plan: %(name)s, %(day)s") % {"name": unit.name, "day": today.isoformat()},
            unit.file_number,
            "accounts.service_plan",
            language=language,
            landscape=True,
            signatures=(str(_("Owner")), str(_("Manager"))),
        )
