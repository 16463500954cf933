"""What a complete file has is read here, version by version, and changed by a rule change."""

from functools import partial

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.archive.labels import PART_LABELS
from accounts.archive.models import FileDefinition
from accounts.archive.parts import PARTS
from kam.approvals.rule_changes.permissions import can_draft_rule, can_see_rules
from kam.core.admin_site import KamModelAdmin, in_lines
from kam.core.sentences import listed


@admin.register(FileDefinition)
class FileDefinitionAdmin(KamModelAdmin):
    """Version 1 is our assumption, every later one an approved rule change."""

    may_see = staticmethod(can_see_rules)
    may_propose = staticmethod(partial(can_draft_rule, kind="complete_file"))
    actions = None
    list_display = ("version", "introduced_on", "replaced_on", "origin", "propose")
    fields = readonly_fields = ("version", "introduced_on", "replaced_on", "origin", "weights", "must")

    @admin.display(description=_("weights"))
    def weights(self, definition: FileDefinition) -> SafeString:
        weights = definition.rules["weights"]
        lines = ((part.label, weights[key]) for key, part in PARTS.items() if key in weights)
        return in_lines("{}: {}", lines)

    @admin.display(description=_("No file is complete without"))
    def must(self, definition: FileDefinition) -> str:
        return listed(PART_LABELS[key] for key in PARTS if key in definition.rules["must"])

    @admin.display(description=_("origin"))
    def origin(self, definition: FileDefinition) -> str:
        return str(_("assumption: change it") if definition.version == 1 else _("approved rule change"))

    @admin.display(description="")
    def propose(self, definition: FileDefinition) -> SafeString | str:
        if definition.replaced_on is not None:
            return ""
        url = "/admin/approvals/rulechange/add/"
        return format_html('<a href="{}?kind=complete_file">{}</a>', url, _("Propose a change"))
