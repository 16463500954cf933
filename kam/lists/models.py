"""A view somebody keeps: a name for an address of a list. Own, or shared with a team."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped
from kam.users.models import Membership, User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """Own views and those shared with a team that `user` belongs to, leads or manages."""
        return self.of_reader(user.pk)

    def of_reader(self, user_id: int) -> Self:
        """The same, of whom only the number is known."""
        mine = Membership.objects.filter(user_id=user_id, ended_on__isnull=True).values("team_id")
        shared = Q(team__in=mine) | Q(team__lead_id=user_id) | Q(team__manager_id=user_id)
        return self.filter(Q(owner_id=user_id) | shared)


class SavedView(Stamped):
    """The address of a list under a name. `is_default` opens it when its owner opens the list without an address."""

    list_key = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    team = models.ForeignKey("users.Team", models.CASCADE, null=True, blank=True, related_name="+")
    is_default = models.BooleanField(_("opens first"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "list_key", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=["owner", "list_key"], condition=Q(is_default=True), name="saved_view_one_default"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["list_key", "team"], name="saved_view_by_team")
        ]

    def __str__(self) -> str:
        return self.name
