"""What webhooks give to the frames: acts, the work of every minute, forgetting."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.jobs.registry import periodic
from kam.search.registry import register_action
from kam.webhooks.permissions import can_connect_programs
from kam.webhooks.services import forget_old, tell_all

register_act("webhooks.endpoint.made", _("Webhook made"))
register_act("webhooks.endpoint.stopped", _("Webhook stopped"))
register_act("webhooks.endpoint.tried", _("Webhook tried"))
register_act("webhooks.delivery.again", _("Event sent to a webhook again"))
periodic(
    "webhooks.tell",
    every=timedelta(minutes=1),
    run=tell_all,
    label=_("Events told to webhooks"),
    may_overlap=True,
)
periodic("webhooks.forget", every="daily 03:10", run=forget_old, label=_("Old events of webhooks forgotten"))
register_action("webhooks", _("Webhooks"), "/ops/webhooks/", icon="link", visible=can_connect_programs)
