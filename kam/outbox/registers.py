"""Acts of the outbox, and the number at the bell."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.core.frame import register_count
from kam.outbox.models import Notice

SENT_AGAIN = register_act("outbox.message.sent_again", _("Message put up to be sent again"))
SETTLED = register_act("outbox.message.settled", _("Unsure message settled as sent"))
CANCELLED = register_act("outbox.message.cancelled", _("Message cancelled"))

register_count("bell", lambda user: Notice.objects.visible_to(user).unread().count())
