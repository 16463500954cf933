"""What visits give to the frames below."""

from typing import Any

from django.db.models import F, Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.units.models import KeyAccount
from accounts.units.picks import unit_pick, visible_units
from accounts.units.registry import Panel, register_panel
from accounts.units.registry import register_action as register_unit_action
from kam.api.registry import register_resource
from kam.approvals.registry import Subject, register
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.asked import number_in
from kam.core.house import register_house_labels
from kam.demo.registry import register_part
from kam.files.registry import register_owner
from kam.jobs.registry import periodic
from kam.notes.registry import register_link
from kam.search.registry import register_action, register_page, register_pick
from kam.settings_rows.registry import define
from kam.today.registry import Figure, register_figure
from kam.users.models import User
from kam.webhooks.registry import register_event
from visits.visits import selectors, services, tables
from visits.visits.api import VISITS
from visits.visits.demo import play_visits
from visits.visits.models import CALL_OUTCOMES, KIND_LABELS, OUTCOME_LABELS, PersonsChange, Visit
from visits.visits.permissions import can_change_visit, can_log_visit, can_log_visits
from visits.visits.selectors import PHOTOS
from visits.visits.services.late import LATE_SUBJECT, accept_late_entry, refuse_late_entry
from visits.visits.services.persons import (
    PERSONS_SUBJECT,
    approve_persons_change,
    persons_snapshot,
    refuse_persons_change,
)

register_event("visits.visit.logged")

register_house_labels(
    {label.value: words for label, words in OUTCOME_LABELS.items()} | CALL_OUTCOMES | {"call": _("Call")}
)
register_house_labels({kind.value: words for kind, words in KIND_LABELS.items()})


def _log_action(unit: KeyAccount, user: User) -> tuple[Any, str] | None:
    """A button in the head of the unit's page, for those who may write it."""
    if not can_log_visit(user, unit):
        return None
    return _("Log a visit"), f"{reverse('log_visit')}?unit={unit.pk}"


__all__ = ["tables"]  # imported so that workers know the list


def _report_of(visit: Visit) -> list[Model]:
    """The room of reports lies above: its row is known by the relation alone."""
    report = getattr(visit, "report", None)
    return [report] if isinstance(report, Model) else []


register_act("visits.visit.logged", _("Visit recorded"))
register_act("visits.visit.changed", _("Visit corrected"))
register_act("visits.visit.persons_changed", _("Persons met changed"))
register_act("visits.call.logged", _("Call recorded"))

define(
    "visit_entry_working_days",
    3,
    label=_("A visit is in time when entered within"),
    unit=_("working days"),
    assumption=False,
    group=_("Visits"),
)
register_act("visits.visit.late_accepted", _("Late entry accepted"))
register_act("visits.visit.late_refused", _("Late entry not counted"))


def _late_snapshot(visit: Visit) -> dict[str, Any]:
    """Return what the manager sees of a late entry."""
    return {
        "title": f"{visit.unit.name} · {visit.on.isoformat()}",
        "subtitle": str(visit.get_kind_display()),
        "unit": visit.unit.name,
        "why": visit.late_reason,
        "facts": [
            [str(_("Day")), visit.on.isoformat()],
            [str(_("entered at")), timezone.localtime(visit.entered_at).strftime("%Y-%m-%d %H:%M")],
            [str(_("Outcome")), str(visit.get_outcome_display())],
        ],
    }


register(
    Subject(
        key=LATE_SUBJECT,
        model=Visit,
        label=_("Late entry of a visit"),
        group=_("Visits"),
        icon="clock-exclamation",
        snapshot=_late_snapshot,
        requester=lambda visit: visit.user,
        url=lambda visit: f"/visits/{visit.pk}/",
        bulk=True,
        on_approved=accept_late_entry,
        on_returned=refuse_late_entry,
        on_rejected=refuse_late_entry,
        on_withdrawn=refuse_late_entry,
        on_voided=refuse_late_entry,
    )
)
register_act("visits.visit.persons_change_asked", _("Change of persons met asked for"))
register(
    Subject(
        key=PERSONS_SUBJECT,
        model=PersonsChange,
        label=_("Persons met on a first visit"),
        group=_("Visits"),
        icon="users",
        snapshot=persons_snapshot,
        requester=lambda change: change.asked_by,
        material=("persons",),
        url=lambda change: f"/visits/{change.visit_id}/",
        return_reasons=(_("Who can witness it?"), _("The reason is not clear")),
        on_approved=approve_persons_change,
        on_returned=refuse_persons_change,
        on_rejected=refuse_persons_change,
        on_withdrawn=refuse_persons_change,
    )
)


def _visit_as_seen(user: User, owner_id: str) -> Visit | None:
    return Visit.objects.visible_to(user).select_related("unit").filter(pk=number_in(owner_id) or 0).first()


def _may_add_photos(user: User, owner_id: str) -> bool:
    visit = _visit_as_seen(user, owner_id)
    return visit is not None and can_change_visit(user, visit)


register_owner(
    PHOTOS,
    _("Visit"),
    may_read=lambda user, owner_id: _visit_as_seen(user, owner_id) is not None,
    may_add=_may_add_photos,
)
register_panel(Panel("visits", _("Visits"), 30, "visits/visits/_tab.html", selectors.unit_visits))
register_unit_action("log_visit", 10, _log_action)
register_figure(Figure(key="visits_held", label=_("Visits"), order=20, count=selectors.HELD))
periodic(
    "visits.forget_old_submissions",
    every="daily 03:20",
    run=services.forget_old_submissions,
    label=_("Forget keys of forms sent long ago"),
)
register_part(60, "visits", play_visits)
register_history("visits.visit", Visit, load=visible_row(Visit.objects), parts=_report_of)
register_link("visit", lambda pk: reverse("visit", args=[pk]))

register_action(
    "visits.visit.log", _("Log a visit"), "/visits/new/", icon="map-pin-plus", visible=can_log_visits
)
register_page("visits.calls", _("Calls"), "/visits/calls/", icon="phone", visible=can_log_visits, order=30)
register_pick(
    unit_pick("visits.call_unit", visible_units, order=(F("last_contact_on").asc(nulls_first=True),))
)
declare(How.MOVE, "visits.Visit.unit", "visits.VisitPerson.person", "visits.PersonsChange_persons.person")
register_resource(VISITS)
