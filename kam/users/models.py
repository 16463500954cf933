"""Who signs in, and how people are grouped. Rights follow from position and team, never from Django groups."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kam.users.terms import LINE, Position

POSITION_LABELS = {
    Position.SPECIALIST: _("Key-account specialist"),
    Position.TEAM_LEAD: _("Team lead"),
    Position.MANAGER: _("Key-account manager"),
    Position.DIRECTOR: _("Key-account director"),
    Position.MARKETING_DIRECTOR: _("Marketing director"),
    Position.GENERAL_MANAGER: _("General manager"),
    Position.FINANCE: _("Finance"),
    Position.CLERK: _("Clerk"),
    Position.HR: _("HR"),
    Position.ADMINISTRATOR: _("Administrator"),
}


class UserQuerySet(models.QuerySet["User"]):
    def working(self) -> Self:
        """People who may sign in today."""
        return self.filter(is_active=True)


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def working(self) -> UserQuerySet:
        return self.get_queryset().working()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(staff_number=username)

    def create_user(self, staff_number: str, password: str | None = None, **fields: object) -> "User":
        """Make a person. Used by the tests and by `kam.people.services`, which also audits."""
        user = self.model(staff_number=staff_number, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A member of staff who can sign in, with staff number or e-mail (S-135)."""

    staff_number = models.CharField(_("staff number"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True)
    mobile = models.CharField(_("mobile"), max_length=30, blank=True)
    position = models.CharField(
        _("position"), max_length=30, choices=[(p.value, POSITION_LABELS[p]) for p in Position]
    )
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    joined_on = models.DateField(_("joined on"), default=date.today)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    wants_digest_mail = models.BooleanField(_("digest by e-mail"), default=True)
    wants_digest_pdf = models.BooleanField(_("PDF attached to the digest"), default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "staff_number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "position"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("staff_number",)
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="user_email_once"),
            models.CheckConstraint(
                condition=Q(position__in=[p.value for p in Position]), name="user_position_known"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="user_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """End every session when the password or the position changes: what was signed in had other rights."""
        return salted_hmac(
            "kam.users.session", f"{self.password}|{self.position}", algorithm="sha256"
        ).hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Accept sessions signed with an earlier secret key, so that changing the key signs nobody out."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield salted_hmac(
                "kam.users.session", f"{self.password}|{self.position}", secret=secret, algorithm="sha256"
            ).hexdigest()

    @property
    def is_staff(self) -> bool:
        """Django admin is for administrators, and for those who draft or confirm rule changes."""
        return self.position in {
            Position.ADMINISTRATOR,
            Position.DIRECTOR,
            Position.HR,
            Position.GENERAL_MANAGER,
        }

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Deny: rights are predicates in each room's permissions.py; admin classes ask those."""
        del perm, obj
        return False

    def has_module_perms(self, app_label: str) -> bool:
        del app_label
        return self.is_active and self.is_staff

    @property
    def rank(self) -> int:
        """Height in the line of command; -1 for finance, clerk, HR and administrator."""
        return LINE.index(Position(self.position)) if self.position in LINE else -1


class Industry(models.Model):
    """An industry that a team owns and a unit belongs to (S-011, S-143)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A group of salespeople with a lead and a manager; it owns industries (S-143, S-144)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    lead = models.ForeignKey(
        User, models.PROTECT, related_name="led_teams", null=True, blank=True, verbose_name=_("team lead")
    )
    manager = models.ForeignKey(
        User, models.PROTECT, related_name="managed_teams", null=True, blank=True, verbose_name=_("manager")
    )
    industries = models.ManyToManyField(
        Industry, related_name="teams", blank=True, verbose_name=_("industries")
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> Self:
        """Memberships in force on `day`."""
        return self.filter(started_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day))


class Membership(models.Model):
    """A person belongs to a team from one day to another, both included; never to two at once."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("user"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", verbose_name=_("team"))
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("team membership")
        verbose_name_plural = _("team memberships")
        ordering = ("user_id", "started_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="membership_ends_after_start",
            ),
            ExclusionConstraint(
                name="membership_one_team_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(
                            F("started_on"),
                            F("ended_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.team}"
