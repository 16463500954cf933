"""Acts of the audit itself, its place in the menu, and the daily walk along the chain."""

from django.utils.translation import gettext_lazy as _

from kam.audit.permissions import can_search_audit
from kam.audit.registry import register_act
from kam.core.frame import register_menu

register_act("audit.personal.erased", _("Personal values erased"))
register_act("audit.chain.broken", _("Audit chain found broken"))

register_menu("audit", _("Audit"), "history", "/audit/", visible=can_search_audit)
