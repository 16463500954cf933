"""A proposal about somebody's employment: confidential, decided by HR or the general manager, then closed (S-137, S-149)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.models import Stamped, Versioned
from kam.personnel.labels import FAULT_LABELS, KIND_LABELS, STATE_LABELS, STATE_TONES
from kam.personnel.rules import READERS, STAFF
from kam.personnel.terms import DECIDED_STATES, OPEN_STATES, Fault, Kind, ProposalState
from kam.users.models import POSITION_LABELS, User
from kam.users.terms import Position

_DECIDED = sorted(DECIDED_STATES)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> Self:
        """The director's register; HR and general manager from the handing in on; the person once it is decided; nobody else."""
        if not user.is_active:
            return self.none()
        own = Q(person=user, state__in=_DECIDED)
        if user.position not in READERS:
            return self.filter(own)
        theirs = Q() if user.position == Position.DIRECTOR else Q(submitted_at__isnull=False)
        return self.filter(own | (theirs & ~Q(person__isnull=False, person=user)))


class Proposal(Stamped, Versioned):
    """One proposal. Its name says nothing: it stands in bells, mails and the audit."""

    kind = models.CharField(_("kind"), max_length=10, choices=[(k.value, KIND_LABELS[k]) for k in Kind])
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("person"),
    )
    candidate = models.CharField(pgettext_lazy("personnel", "candidate"), max_length=80, blank=True)
    position = models.CharField(
        _("position"),
        max_length=30,
        blank=True,
        choices=[(p.value, POSITION_LABELS[p]) for p in Position if p in STAFF],
    )
    unit_id = models.BigIntegerField(null=True, blank=True)
    unit_label = models.CharField(_("unit"), max_length=200, blank=True)
    fault = models.CharField(
        _("act or negligence"),
        max_length=12,
        blank=True,
        choices=[(f.value, FAULT_LABELS[f]) for f in Fault],
    )
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    what = models.TextField(_("what it is about"), max_length=2000)
    evidence = models.TextField(_("evidence"), max_length=2000, blank=True)
    proposal = models.TextField(pgettext_lazy("personnel", "proposal"), max_length=1000)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[(s.value, STATE_LABELS[s]) for s in ProposalState],
        default=ProposalState.DRAFT,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision = models.TextField(_("decision"), max_length=2000, blank=True)
    comment = models.TextField(_("comment of the person"), max_length=2000, blank=True)
    commented_at = models.DateTimeField(_("commented"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("personnel proposal")
        verbose_name_plural = _("personnel proposals")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind=Kind.HIRE, person__isnull=True) & ~Q(candidate="") & ~Q(position="")
                | Q(kind__in=[Kind.SANCTION, Kind.DISMISS], person__isnull=False, candidate=""),
                name="personnel_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ProposalState]), name="personnel_state_known"
            ),
            models.CheckConstraint(condition=~Q(what="") & ~Q(proposal=""), name="personnel_says_something"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.SANCTION)
                | ~Q(fault="") & ~Q(evidence="") & Q(happened_on__isnull=False),
                name="personnel_sanction_has_evidence",
            ),
            models.CheckConstraint(
                condition=(Q(person__isnull=True) | ~Q(person=F("proposed_by")))
                & (Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")))
                & (Q(decided_by__isnull=True) | Q(person__isnull=True) | ~Q(decided_by=F("person"))),
                name="personnel_nobody_for_themselves",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                | ~Q(state__in=_DECIDED) & Q(decided_by__isnull=True, decided_at__isnull=True),
                name="personnel_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(comment="", commented_at__isnull=True)
                | ~Q(comment="") & Q(commented_at__isnull=False, decided_at__isnull=False),
                name="personnel_comment_after_decision",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person"], name="personnel_by_person")]

    def __str__(self) -> str:
        return f"P-{self.pk:05d}"

    def get_absolute_url(self) -> str:
        return f"/people/proposals/{self.pk}/"

    @property
    def who(self) -> str:
        return self.person.name if self.person else self.candidate

    @property
    def tone(self) -> str:
        return STATE_TONES[ProposalState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED_STATES
