"""A merge, the journal of every row that changed hands with it, and pairs that are not the same."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.merge.labels import KIND_LABELS, LINK_LABELS, STATE_LABELS, STATE_TONES
from accounts.merge.terms import HOLDING_STATES, OPEN_STATES, Kind, LinkState, MergeState
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, user: User) -> Self:
        """Merges into what the person may see; as long as the two are two, of the other side as well."""
        return self.filter(
            _of_side("survivor", user) & (Q(state=MergeState.MERGED) | _of_side("loser", user))
        )

    def between(self, kind: Kind, pks: Iterable[int]) -> Self:
        """Merges not decided yet of which both sides are among these entries."""
        both = list(pks)
        sides = {f"survivor_{kind.value}__in": both, f"loser_{kind.value}__in": both}
        return self.filter(state__in=sorted(OPEN_STATES), **sides)

    def holding(self, kind: Kind, pk: int) -> Self:
        """Merges that still hold this entry as the one that becomes part of another."""
        return self.filter(state__in=sorted(HOLDING_STATES), **{f"loser_{kind.value}": pk})


def _of_side(side: str, user: User) -> Q:
    """Return the condition for merges of whose side the person sees the unit; a merged file keeps its owner's team."""
    seen = Q()
    for path in (f"{side}_unit", f"{side}_person__unit"):
        rows = owned_rows(user, owner=f"{path}__owner", team=f"{path}__team")
        seen |= Q(**{f"{path}__isnull": False}) & rows
    return seen


class Merge(Stamped, Versioned):
    """Two files become one: asked, decided, carried out, perhaps taken back. The loser's row stays, hidden, as it was."""

    kind = models.CharField(_("kind"), max_length=10, choices=[(k.value, KIND_LABELS[k]) for k in Kind])
    survivor_unit = models.ForeignKey(KeyAccount, models.PROTECT, null=True, related_name="merges")
    loser_unit = models.ForeignKey(KeyAccount, models.PROTECT, null=True, related_name="+")
    survivor_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="merges")
    loser_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    choices = models.JSONField(default=dict)
    confirmed = models.BooleanField(default=False)
    written = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="merges_asked", verbose_name=_("asked by")
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=[(s.value, STATE_LABELS[s]) for s in MergeState],
        default=MergeState.PENDING,
    )
    merged_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undo_reason = models.CharField(max_length=300, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(
                    kind=Kind.UNIT,
                    survivor_unit__isnull=False,
                    loser_unit__isnull=False,
                    survivor_person__isnull=True,
                    loser_person__isnull=True,
                )
                & ~Q(survivor_unit=F("loser_unit"))
                | Q(
                    kind=Kind.PERSON,
                    survivor_unit__isnull=True,
                    loser_unit__isnull=True,
                    survivor_person__isnull=False,
                    loser_person__isnull=False,
                )
                & ~Q(survivor_person=F("loser_person")),
                name="merge_of_two_of_a_kind",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reason"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in MergeState]), name="merge_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MergeState.MERGED, MergeState.UNDONE], merged_at__isnull=False)
                | Q(merged_at__isnull=True) & ~Q(state__in=[MergeState.MERGED, MergeState.UNDONE]),
                name="merge_carried_out_at",
            ),
            models.UniqueConstraint(
                fields=["loser_unit"],
                condition=Q(state__in=sorted(HOLDING_STATES)),
                name="merge_unit_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["loser_person"],
                condition=Q(state__in=sorted(HOLDING_STATES)),
                name="merge_person_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loser} → {self.survivor}"

    def get_absolute_url(self) -> str:
        return f"/merges/{self.pk}/"

    @property
    def survivor(self) -> KeyAccount | Person | None:
        return self.survivor_unit or self.survivor_person

    @property
    def loser(self) -> KeyAccount | Person | None:
        return self.loser_unit or self.loser_person

    @property
    def tone(self) -> str:
        return STATE_TONES[MergeState(self.state)]


class MergeLink(models.Model):
    """One row that changed hands: table, column, from whom to whom. Written by the database's own function only."""

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="links", db_index=False)
    table_name = models.CharField(max_length=80)
    column_name = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    old = models.CharField(max_length=60)
    new = models.CharField(max_length=60)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, LINK_LABELS[s]) for s in LinkState],
        default=LinkState.MOVED,
        db_default=LinkState.MOVED.value,
    )
    moved_in = models.BigIntegerField()

    class Meta:
        verbose_name = _("row of a merge")
        verbose_name_plural = _("rows of a merge")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in LinkState]), name="merge_link_state_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["merge", "id"], name="merge_link_by_merge"),
            models.Index(fields=["table_name", "row_id"], name="merge_link_by_row"),
        ]

    def __str__(self) -> str:
        return f"{self.table_name}.{self.column_name} {self.row_id}"


class NotTheSame(Stamped):
    """Somebody looked: these two are alike, and two all the same."""

    kind = models.CharField(max_length=10, choices=[(k.value, KIND_LABELS[k]) for k in Kind])
    low_id = models.BigIntegerField()
    high_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "low_id", "high_id"], name="not_the_same_once"),
            models.CheckConstraint(condition=Q(low_id__lt=F("high_id")), name="not_the_same_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} ≠ {self.high_id}"
