"""What exports give to the frames: the subject of approval."""

from django.utils.translation import gettext_lazy as _

from kam.approvals.registry import Subject, register
from kam.audit.registry import register_act
from kam.exports import services

register_act("exports.asked", _("File asked for"))

register(
    Subject(
        key=services.SUBJECT,
        model="exports.ExportRequest",
        label=_("Bulk or personal export"),
        group=_("Exports"),
        icon="download",
        snapshot=services.snapshot_of,
        requester=lambda export: export.by,
        return_reasons=(_("Fewer rows will do"), _("The reason is not clear")),
        on_approved=services.approve_export,
        on_rejected=services.close_export,
        on_withdrawn=services.close_export,
    )
)
