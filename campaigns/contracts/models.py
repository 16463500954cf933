"""What follows a deal on paper: milestones, instalments, rounds of the negotiation, the archived contract."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.contracts.labels import CONCESSION_LABELS, ITEM_LABELS, MILESTONE_LABELS
from campaigns.contracts.rules import Due
from campaigns.contracts.terms import TICKED, Concession, MilestoneKind, TermItem
from campaigns.deals.models import Deal
from kam.core.models import Stamped
from kam.files.models import Attachment


class Milestone(Stamped):
    """A milestone of a deal: planned, and ticked where neither signature nor payments tell it."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="milestones")
    kind = models.CharField(_("milestone"), max_length=14, choices=list(MILESTONE_LABELS.items()))
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    done_on = models.DateField(_("reached on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["deal", "kind"], name="milestone_once_a_deal"),
            models.CheckConstraint(condition=Q(kind__in=list(MilestoneKind)), name="milestone_kind_known"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(kind__in=sorted(TICKED)),
                name="milestone_ticked_where_nobody_tells",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.deal_id}"


class Instalment(Stamped):
    """A part of what a deal costs, and when it is due."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("number"))
    due_on = models.DateField(_("due on"))
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    text = models.CharField(_("what for"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["deal", "number"], name="instalment_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.amount}"

    @property
    def due(self) -> Due:
        return Due(self.due_on, self.amount)


class NegotiationRound(Stamped):
    """One round about one item: what each side said, who gave way; written once."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="rounds")
    item = models.CharField(
        pgettext_lazy("negotiation", "item"), max_length=12, choices=list(ITEM_LABELS.items())
    )
    on = models.DateField(_("day"))
    ours = models.CharField(_("our offer"), max_length=300)
    theirs = models.CharField(_("their demand"), max_length=300, blank=True)
    concession = models.CharField(
        _("who gave way"), max_length=8, choices=list(CONCESSION_LABELS.items()), default=Concession.NOBODY
    )
    is_settled = models.BooleanField(_("agreed"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("round of a negotiation")
        verbose_name_plural = _("rounds of a negotiation")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(item__in=list(TermItem), concession__in=list(Concession)),
                name="negotiation_words_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()} {self.on}"


class ArchivedContract(Stamped):
    """The signed contract in the archive: file number, scan, who filed it and who checked that (S-267)."""

    deal = models.OneToOneField(Deal, models.PROTECT, related_name="archived")
    file_no = models.CharField(_("file number"), max_length=40, unique=True)
    file = models.OneToOneField(Attachment, models.PROTECT, related_name="+", verbose_name=_("scan"))
    archived_on = models.DateField(_("archived on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("archived by")
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by")
    )

    class Meta:
        verbose_name = _("archived contract")
        verbose_name_plural = _("archived contracts")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by__isnull=True)
                | Q(checked_on__isnull=False, checked_by__isnull=False) & ~Q(checked_by=F("by")),
                name="contract_checked_by_another",
            )
        ]

    def __str__(self) -> str:
        return self.file_no
