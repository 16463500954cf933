"""What complaints give to the frames: acts, settings, flags' facts, tab, timeline, Today, search, history, holding, report, sweeps."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.complaints import services
from accounts.complaints.demo import play_complaints
from accounts.complaints.labels import STATE_LABELS, STATE_TONES, VERDICT_LABELS
from accounts.complaints.models import Complaint, Crisis
from accounts.complaints.permissions import can_record_complaint
from accounts.complaints.registry import Part, register_evaluation
from accounts.complaints.rules import count_valid
from accounts.complaints.selectors import WAITING, complaints_told, service_tasks, waiting_for
from accounts.complaints.services_crisis import pass_up_overdue_steps
from accounts.complaints.terms import ComplaintState, Verdict
from accounts.contacts.models import Contact
from accounts.contacts.terms import ContactChannel
from accounts.needs.models import Need
from accounts.needs.terms import NeedState
from accounts.red_flags.registry import register_facts
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registers import day_moment
from accounts.units.registry import Panel, TimelineEntry, register_panel, register_timeline
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.core.periods import Period
from kam.demo.registry import register_part
from kam.jobs.registry import periodic
from kam.notes.registry import register_link
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import Hit, register_page, register_search
from kam.search.services import find_by_name
from kam.settings_rows.registry import define
from kam.today.registry import Section, register_section
from kam.today.terms import Exit
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.webhooks.registry import register_event

register_event("accounts.complaint.received")

_GROUP = _("Complaints and service")

register_act("accounts.complaint.received", _("Complaint received"))
register_act("accounts.complaint.moved", _("Complaint moved on"))
register_act("accounts.complaint.judged", _("Complaint judged"))
register_act("accounts.complaint.assigned", _("Complaint handed to somebody else"))
register_act("accounts.crisis.opened", _("Crisis opened"))
register_act("accounts.crisis.step_added", _("Step of a crisis added"))
register_act("accounts.crisis.step_given", _("Step of a crisis given to somebody else"))
register_act("accounts.crisis.step_done", _("Step of a crisis done"))
register_act("accounts.crisis.stated", _("Statement in a crisis"))
register_act("accounts.crisis.closed", _("Crisis closed"))
register_act("accounts.service.started", _("Service after the sale started"))
register_act("accounts.cooperation.reported", _("Cooperation evaluated in a report"))
register_act("accounts.checklist.added", _("Step of a checklist added"))
register_act("accounts.checklist.changed", _("Step of a checklist changed"))

define(
    services.SEVERE_DAYS,
    1,
    label=_("Time to resolve a severe complaint"),
    unit=_("working days"),
    group=_GROUP,
)
define(
    services.OTHER_DAYS,
    5,
    label=_("Time to resolve any other complaint"),
    unit=_("working days"),
    group=_GROUP,
)

periodic(
    "accounts.complaints.overdue",
    every=timedelta(hours=1),
    run=services.pass_up_overdue,
    label=_("Overdue complaints told to those above"),
)
periodic(
    "accounts.crises.overdue",
    every=timedelta(minutes=10),
    run=pass_up_overdue_steps,
    label=_("Overdue steps of crises told to those above"),
)

register_facts(complaints_told)
register_link("accounts.complaint", lambda pk: f"/complaints/{int(pk)}/")
register_link("accounts.service", lambda _pk: "")
register_part(83, "complaints", play_complaints)


_WORDS: dict[str, Any] = {
    **{code.value: label for code, label in STATE_LABELS.items()},
    **{code.value: label for code, label in VERDICT_LABELS.items()},
}


def _text(name: str, value: Any) -> Any:
    """States and verdicts are kept as codes."""
    return _WORDS.get(value) if name in {"state", "verdict"} else None


register_words(Complaint, label=lambda _name: None, text=_text)
register_history("accounts.complaint", Complaint, load=visible_row(Complaint.objects.select_related("unit")))
register_history(
    "accounts.crisis",
    Crisis,
    load=visible_row(Crisis.objects.select_related("complaint__unit")),
    parts=lambda crisis: [*crisis.steps.all(), *crisis.statements.all()],
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    rows = list(Complaint.objects.filter(unit=unit).select_related("owner", "person")[:50])
    return {
        "complaints": [(row, STATE_TONES[ComplaintState(row.state)]) for row in rows],
        "service": service_tasks(unit),
        "can_record": can_record_complaint(user, unit),
        "can_serve": can_edit_unit(user, unit),
        "today": business_date(),
        "reports": unit.cooperation_reports.select_related("by")[:20],
    }


register_panel(
    Panel(
        "complaints",
        _("Complaints"),
        24,
        "accounts/complaints/_tab.html",
        _tab,
        counted=lambda unit: Complaint.objects.filter(unit_id=unit).waiting(),
    )
)


def _timeline(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    rows = Complaint.objects.filter(
        unit=unit, received_on__lte=timezone.localtime(before).date()
    ).select_related("owner")
    entries = [
        TimelineEntry(
            at=day_moment(row.received_on, row.created_at),
            kind="complaints",
            title=gettext("Complaint: %(state)s") % {"state": row.get_state_display()},
            text=row.text,
            who=row.owner.name,
            url=row.get_absolute_url(),
            tone="danger" if row.severity == "severe" else "warn",
            icon="mood-sad",
        )
        for row in rows[: limit + 5]
    ]
    return [entry for entry in entries if entry.at < before][:limit]


register_timeline("complaints", _("Complaints"), _timeline)


def _today_text(data: Sequence[Any]) -> str:
    return "\n".join(
        f"- {due.complaint.number} · {due.complaint.unit.name} · {due.complaint.due_on}" for due in data
    )


register_section(
    Section(
        key="complaints",
        label=_("Complaints to resolve"),
        order=115,
        slots=(Exit.TODAY, Exit.PLAN),
        collect=waiting_for,
        asks=(WAITING,),
        template="accounts/complaints/_today.html",
        text=_today_text,
        summary=lambda data: ngettext("%(n)s complaint", "%(n)s complaints", len(data)) % {"n": len(data)},
    )
)


def _find(user: User, words: str, limit: int) -> list[Hit]:
    found = find_by_name(words, path="unit__") | Q(text__icontains=words)
    rows = Complaint.objects.visible_to(user).filter(found).select_related("unit")
    return [
        Hit(
            row.number,
            row.get_absolute_url(),
            sub=row.unit.name,
            icon="mood-sad",
            badge=(STATE_TONES[ComplaintState(row.state)], str(row.get_state_display())),
        )
        for row in rows[:limit]
    ]


register_search("accounts.complaint", _("Complaints"), _find, order=45)
register_page(
    "accounts.complaints",
    _("Complaints"),
    "/complaints/",
    icon="mood-sad",
    words="投诉 售后",
    visible=lambda user: scope_of(user).reach is not Reach.NOTHING,
    order=14,
)


def _held(user: User) -> list[HoldingRow]:
    rows = Complaint.objects.filter(owner=user).exclude(state=ComplaintState.CLOSED).select_related("unit")
    return [
        HoldingRow(
            str(row.pk),
            f"{row.number} · {row.unit.name}",
            str(row.get_state_display()),
            row.get_absolute_url(),
        )
        for row in rows.order_by("pk")
    ]


def _hand_over(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    reason = gettext("Handover from %(name)s") % {"name": frm.name}
    for row in Complaint.objects.filter(pk__in=row_ids, owner=frm).order_by("pk"):
        services.assign_complaint(row, to, by=by, reason=reason)


register_holding(Holding("accounts.complaints", _("Complaints"), _held, _hand_over, order=40))


def _cooperation(unit: KeyAccount, period: Period) -> Part:
    rows = Contact.objects.filter(unit=unit, on__gte=period.first, on__lte=period.last)
    needs = Need.objects.filter(unit=unit, raised_on__gte=period.first, raised_on__lte=period.last)
    told = [
        (_("Visits"), str(rows.filter(channel=ContactChannel.VISIT).count())),
        (_("Other contacts"), str(rows.exclude(channel=ContactChannel.VISIT).count())),
        (_("Needs raised"), str(needs.count())),
        (_("of these satisfied"), str(needs.filter(state=NeedState.SATISFIED).count())),
    ]
    return _("Contact and needs"), told


def _complaints(unit: KeyAccount, period: Period) -> Part:
    rows = list(
        Complaint.objects.filter(unit=unit, received_on__gte=period.first, received_on__lte=period.last)
    )
    in_time = [row for row in rows if row.resolved_on is not None and row.resolved_on <= row.due_on]
    tasks = [
        task for task in service_tasks(unit) if period.first <= business_date(task.created_at) <= period.last
    ]
    return _("Complaints and service"), [
        (_("Complaints"), str(len(rows))),
        (_("of these valid"), str(count_valid(Verdict(row.verdict) for row in rows))),
        (_("resolved in time"), str(len(in_time))),
        (_("reopened by the customer"), str(sum(row.reopened > 0 for row in rows))),
        (_("Tasks of service after the sale"), str(len(tasks))),
        (_("of these done"), str(sum(task.done_at is not None for task in tasks))),
    ]


register_evaluation(10, _cooperation)
register_evaluation(20, _complaints)
