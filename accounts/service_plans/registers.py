"""What service plans give to the frames: acts, the setting, red-flag facts, the tab, timeline, Today and digest, the rule kind."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.red_flags.registry import register_facts
from accounts.service_plans.demo import play_service_plans
from accounts.service_plans.documents import unit_plans
from accounts.service_plans.forms import TemplateForm
from accounts.service_plans.labels import BECAUSE_LABELS, MODE_LABELS
from accounts.service_plans.models import ServicePlanReview, ServicePlanRevision
from accounts.service_plans.proposals import (
    apply_template,
    check_template,
    preview_template,
    template_named,
)
from accounts.service_plans.selectors import (
    PLANS_FOLLOWED,
    TOLERANCE,
    UNITS_REVIEWED,
    due_of,
    plans_told,
    reviews_of_owners,
)
from accounts.service_plans.services import follow_tier
from accounts.service_plans.tables import PLANS
from accounts.service_plans.terms import Mode
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registry import (
    FileSection,
    Panel,
    TimelineEntry,
    register_file_section,
    register_panel,
    register_tier_changed,
    register_timeline,
)
from kam.approvals.rule_changes.registry import RuleKind, register_rule_kind
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.today.registry import Section, register_section
from kam.today.terms import Exit
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import SELLERS

__all__ = ["PLANS"]  # workers write its files

register_act("accounts.service_plan.begun", _("Service plan begun"))
register_act("accounts.service_plan.revised", _("Service plan revised"))
register_act("accounts.service_plan.stopped", _("Service plan stopped"))
register_act("accounts.service_plan.reviewed", _("Service plans reviewed"))
register_act("accounts.service_plan.template_replaced", _("Proposal of service plans replaced"))

define(
    TOLERANCE,
    2,
    label=_("How late a planned contact may be and still count as done in time"),
    unit=_("days"),
    group=_("Service plans"),
)
register_facts(plans_told)
register_tier_changed("service_plans", follow_tier)
register_part(82, "service_plans", play_service_plans)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {"shown": unit_plans(unit, today=business_date()), "can_edit": can_edit_unit(user, unit)}


def _file(unit: KeyAccount, user: User) -> dict[str, Any]:
    del user
    return {"plans": unit_plans(unit, today=business_date())}


def _may_see(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


register_panel(Panel("service-plan", _("Service plan"), 20, "accounts/service_plans/_plans.html", _tab))
register_file_section(FileSection("service_plan", 50, "pdf/_accounts_service_plan.html", _file))
register_page(
    "accounts.service_plans",
    _("Service plans"),
    "/service-plans/",
    icon="calendar-repeat",
    visible=_may_see,
    order=14,
)


def _timeline(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    revisions = ServicePlanRevision.objects.filter(plan__unit=unit, created_at__lt=before)
    reviews = ServicePlanReview.objects.filter(unit=unit, created_at__lt=before).select_related("by")
    entries = [
        TimelineEntry(
            at=row.created_at,
            kind="service_plans",
            title=_("Service plan: %(person)s") % {"person": row.plan.person.name},
            text=str(_("stopped")) if row.is_stopped else f"{row.get_mode_display()} · {row.frequency_text}",
            who=row.by.name if row.by else "",
            url=row.plan.get_absolute_url(),
            icon="calendar-repeat",
        )
        for row in revisions.select_related("plan__person", "by").order_by("-created_at", "-pk")[:limit]
    ]
    return entries + [
        TimelineEntry(
            at=row.created_at,
            kind="service_plans",
            title=_("Service plans reviewed"),
            text=row.conclusion,
            who=row.by.name if row.by else "",
            url=f"/accounts/{unit.pk}/service-plan/",
            icon="clipboard-check",
            tone="good",
        )
        for row in reviews.order_by("-created_at", "-pk")[:limit]
    ]


register_timeline("service_plans", _("Service plans"), _timeline)

#: So many are told of each; the list has them all.
TOLD = 8


@dataclass(frozen=True, slots=True)
class DueContact:
    """A planned contact that is due, in words."""

    unit: KeyAccount
    person: str
    mode: Any
    action: str
    due_on: date
    url: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class DueToday:
    """What service plans ask of a person today: contacts, reviews, and how many of both in all."""

    contacts: list[DueContact]
    reviews: list[tuple[KeyAccount, date, Any]]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.contacts) - len(self.reviews)


def collect_due(users: Sequence[User], day: date) -> dict[int, DueToday]:
    """Return user id → what is due; a fixed number of queries for everybody."""
    contacts: dict[int, list[DueContact]] = defaultdict(list)
    for one, on in due_of([user.pk for user in users], day, today=day):
        unit, current = one.plan.unit, one.current
        if unit.owner_id is not None and current is not None:
            contacts[unit.owner_id].append(
                DueContact(
                    unit,
                    one.plan.person.name,
                    MODE_LABELS[Mode(current.mode)],
                    current.action,
                    on,
                    one.plan.get_absolute_url(),
                    one.overdue is not None,
                )
            )
    reviews = {
        pk: [(unit, due.on, BECAUSE_LABELS[due.because]) for unit, due in theirs]
        for pk, theirs in reviews_of_owners(users, day).items()
    }
    found = {user.pk: (contacts.get(user.pk, []), reviews.get(user.pk, [])) for user in users}
    return {
        pk: DueToday(mine[:TOLD], theirs[:TOLD], len(mine) + len(theirs))
        for pk, (mine, theirs) in found.items()
        if mine or theirs
    }


def text_of_due(data: DueToday) -> str:
    """Return the same in plain lines for the mail."""
    lines = [
        f"- {row.unit.name} · {row.person} · {row.mode} · {say_day(row.due_on)}" for row in data.contacts
    ]
    review = _("review of the service plans")
    lines += [f"- {unit.name} · {review} ({why})" for unit, _on, why in data.reviews]
    return "\n".join(lines)


register_section(
    Section(
        key="service_plans",
        label=_("Due by service plan"),
        order=60,
        slots=(Exit.TODAY, Exit.PLAN),
        positions=SELLERS,
        collect=collect_due,
        asks=(PLANS_FOLLOWED, UNITS_REVIEWED),
        template="accounts/service_plans/_today.html",
        text=text_of_due,
        summary=lambda data: (
            ngettext("%(n)s due by plan", "%(n)s due by plan", data.count) % {"n": data.count}
        ),
    )
)
register_rule_kind(
    RuleKind(
        key="service_plan",
        label=_("Proposal of a service plan"),
        form=TemplateForm,
        preview=preview_template,
        check=check_template,
        apply=apply_template,
        begin=template_named,
    )
)
