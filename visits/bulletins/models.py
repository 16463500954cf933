"""Policy bulletins of the marketing centre, and who has read them (S-160)."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.terms import Position


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, user: User) -> Self:
        """Published bulletins, for everybody who is asked to read them: all but the administrator."""
        if not user.is_active or user.position == Position.ADMINISTRATOR:
            return self.none()
        return self.filter(published_at__isnull=False)

    def open(self) -> Self:
        """Published and not withdrawn."""
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)

    def unread_by(self, user: User) -> Self:
        """Open bulletins that `user` has not acknowledged."""
        return self.open().exclude(acknowledgements__user=user)


class Bulletin(Stamped, Versioned):
    """A sales policy that everybody reads before the day begins."""

    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    in_force_from = models.DateField(_("in force from"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy bulletin")
        verbose_name_plural = _("policy bulletins")
        ordering = ("-published_at", "-id")

    def __str__(self) -> str:
        return self.title


class Acknowledgement(models.Model):
    """A person has read a bulletin."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="acknowledgements")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["bulletin", "user"], name="bulletin_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.bulletin}"
