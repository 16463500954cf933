"""Acts of the outbox."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act

SENT_AGAIN = register_act("outbox.message.sent_again", _("Message put up to be sent again"))
SETTLED = register_act("outbox.message.settled", _("Unsure message settled as sent"))
CANCELLED = register_act("outbox.message.cancelled", _("Message cancelled"))
