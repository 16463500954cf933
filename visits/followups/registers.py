"""What follow-up forms give to the frames below."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.notes.registry import register_link
from visits.followups import tables

__all__ = ["tables"]  # imported so that workers know the list

register_act("visits.followup.submitted", _("Follow-up form handed in"))
register_link("followup", lambda pk: reverse("followup", args=[pk]))
