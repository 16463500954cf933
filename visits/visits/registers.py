"""What visits give to the frames below."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.notes.registry import register_link
from kam.settings_rows.registry import define
from visits.visits import tables

__all__ = ["tables"]  # imported so that workers know the list

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
register_link("visit", lambda pk: reverse("visit", args=[pk]))
