"""What lists give to the frames below."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.jobs.registry import periodic, register_kind
from kam.lists.exports import JOB_KIND
from kam.lists.files import drop_old_exports
from kam.lists.selectors import EXPORTED
from kam.settings_rows.registry import define

register_act(EXPORTED, _("List exported"))
register_kind(JOB_KIND, _("Export of a list"), result_url=lambda job: f"/exports/{job.pk}/")
periodic(
    "lists.drop_old_exports", every="daily 03:40", run=drop_old_exports, label=_("Delete old export files")
)
define(
    "export_direct_rows",
    5_000,
    label=_("Rows a file may have to be written while one waits"),
    unit=_("rows"),
    group=_("Lists"),
)
define(
    "export_approval_rows",
    2_000,
    label=_("Rows a file may have without the director's approval"),
    unit=_("rows"),
    group=_("Lists"),
)
define(
    "export_thirty_days_rows",
    10_000,
    label=_("Rows a person may take in files in thirty days without approval"),
    unit=_("rows"),
    group=_("Lists"),
)
