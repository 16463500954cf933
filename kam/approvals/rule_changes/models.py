"""Drafts of new rules. What is in force stands in the rules' own tables, written when the last decider approved."""

import hashlib
import json
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kam.approvals.rule_changes.terms import ChangeState
from kam.core.models import Stamped, Versioned

CHANGE_LABELS = {
    ChangeState.DRAFT: _("draft"),
    ChangeState.PENDING: _("waiting for approval"),
    ChangeState.RETURNED: _("returned"),
    ChangeState.IN_FORCE: _("approved, in force from its day"),
    ChangeState.REJECTED: _("rejected"),
    ChangeState.WITHDRAWN: _("withdrawn"),
}


class RuleChange(Stamped, Versioned):
    """One drafted change: of a setting, a route, a position, or of what another room registered."""

    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    payload = models.JSONField(default=dict)
    valid_from = models.DateField(_("valid from"))
    reason = models.TextField(_("reason"))
    state = models.CharField(
        _("state"),
        max_length=12,
        default=ChangeState.DRAFT,
        choices=[(s.value, CHANGE_LABELS[s]) for s in ChangeState],
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    previewed_digest = models.CharField(max_length=64, blank=True)
    applied_at = models.DateTimeField(_("applied"), null=True)

    class Meta:
        verbose_name = _("rule change")
        verbose_name_plural = _("rule changes")
        ordering = ("-id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ChangeState]), name="rule_change_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.IN_FORCE) | Q(applied_at__isnull=False),
                name="rule_change_in_force_has_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="rule_change_has_reason"),
        ]

    def __str__(self) -> str:
        return self.title

    def digest(self) -> str:
        """Return what the preview must have shown: kind, content and day of this draft."""
        text = json.dumps([self.kind, self.payload, str(self.valid_from)], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
