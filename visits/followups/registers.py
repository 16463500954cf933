"""What follow-up forms give to the frames below."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.notes.registry import register_link

register_act("visits.followup.submitted", _("Follow-up form handed in"))
register_link("followup", lambda pk: reverse("followup", args=[pk]))
