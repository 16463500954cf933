from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.core.frame import register_menu
from kam.jobs.registry import periodic
from kam.ops import checks
from kam.ops.integrity import walk_audit_chain
from kam.ops.permissions import can_see_operations
from kam.ops.registry import Check, register_check

register_check(Check("libraries", _("Libraries for PDFs"), checks.libraries))
register_check(Check("fonts", _("Fonts"), checks.fonts))
register_check(Check("database_role", _("Rights of the database role"), checks.database_role))
register_check(Check("disk", _("Disk"), checks.disk))
register_check(Check("https", _("HTTPS"), checks.https, critical=False))

register_act("ops.backup.made", _("Backup made"))

periodic("audit.verify", every="daily 02:30", run=walk_audit_chain, label=_("Integrity of the audit"))

register_menu("operations", _("Operations"), "heartbeat", "/ops/", visible=can_see_operations)
