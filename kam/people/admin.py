"""People, teams and industries in Django's admin: every change is one service call."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kam.core.admin_site import KamModelAdmin
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.forms import BaseModelForm
from kam.people.models import PositionChange
from kam.people.permissions import can_draft_position_change, can_manage_users, can_see_users
from kam.people.services import positions, teams, users
from kam.users.http import AuthedRequest
from kam.users.models import POSITION_LABELS, Industry, Membership, Team, User
from kam.users.terms import Position


class UserForm(BaseModelForm):
    """What an administrator sets; the password is set by the person through the invitation."""

    class Meta:
        model = User
        fields = ("staff_number", "name", "email", "mobile", "position", "language", "time_zone", "joined_on")
        widgets = {"language": forms.Select(choices=settings.LANGUAGES)}

    def clean_email(self) -> str:
        """Say it at the field, whatever the case of the letters."""
        email = str(self.cleaned_data["email"])
        others = User.objects.filter(email__iexact=email, email__gt="").exclude(pk=self.instance.pk)
        if email and others.exists():
            raise ValidationError(_("This e-mail address is taken."))
        return email


@admin.register(User)
class UserAdmin(KamModelAdmin):
    form = UserForm
    may_see = staticmethod(can_see_users)
    may_add = may_edit = staticmethod(can_manage_users)
    list_display = ("staff_number", "name", "position", "email", "is_active", "joined_on", "left_on")
    list_filter = ("position", "is_active")
    search_fields = ("staff_number", "name", "email")
    actions = ("invite", "deactivate", "reactivate")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The number is for ever, the position is changed by an approved proposal."""
        return ("staff_number", "position") if obj else ()

    def add(self, request: HttpRequest, values: dict[str, Any]) -> User:
        position = Position(values.pop("position"))
        user = users.create_user(position=position, by=request.user, **values)  # type: ignore[arg-type,unused-ignore]
        if user.email:
            users.invite(user, by=request.user)  # type: ignore[arg-type]  # admin pages are for our people
        return user

    def change(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        users.change_user(row, values, by=request.user)  # type: ignore[arg-type]  # see above

    @admin.action(description=_("Send a link to set a password"), permissions=["change"])
    def invite(self, request: AuthedRequest, rows: QuerySet[User]) -> None:
        self._each(request, rows, lambda user: users.invite(user, by=request.user))

    @admin.action(description=_("Deactivate (everything must be handed over)"), permissions=["change"])
    def deactivate(self, request: AuthedRequest, rows: QuerySet[User]) -> None:
        today = business_date()
        self._each(request, rows, lambda user: users.deactivate_user(user, on=today, by=request.user))

    @admin.action(description=_("Activate again"), permissions=["change"])
    def reactivate(self, request: AuthedRequest, rows: QuerySet[User]) -> None:
        self._each(request, rows, lambda user: users.reactivate_user(user, by=request.user))

    def _each(self, request: AuthedRequest, rows: QuerySet[User], act: Any) -> None:
        for user in rows:
            try:
                act(user)
            except BusinessError as error:
                self.message_user(request, f"{user.name}: {error}", messages.ERROR)
            else:
                self.message_user(request, _("%(name)s: done.") % {"name": user.name})


class TeamForm(BaseModelForm):
    """A group; its industries are boxes, because Django's pair of lists puts a label on an icon, which nobody hears."""

    class Meta:
        model = Team
        fields = ("name", "lead", "manager", "industries")
        widgets: ClassVar = {"industries": forms.CheckboxSelectMultiple}


@admin.register(Team)
class TeamAdmin(KamModelAdmin):
    form = TeamForm
    fields = ("name", "lead", "manager", "industries")
    may_see = staticmethod(can_see_users)
    may_add = may_edit = staticmethod(can_manage_users)
    list_display = ("name", "lead", "manager")

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Team:
        return teams.create_team(**values, by=request.user)  # type: ignore[arg-type]  # admin pages are for our people

    def change(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        teams.change_team(Team.objects.get(pk=row.pk), **values, by=request.user)  # type: ignore[arg-type]  # see above


@admin.register(Industry)
class IndustryAdmin(KamModelAdmin):
    fields = ("code", "name")
    may_see = staticmethod(can_see_users)
    may_add = may_edit = staticmethod(can_manage_users)
    list_display = ("code", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Industry:
        return teams.create_industry(**values, by=request.user)  # type: ignore[arg-type]  # admin pages are for our people

    def change(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        teams.change_industry(row, name=values["name"], by=request.user)  # type: ignore[arg-type]  # see above


@admin.register(Membership)
class MembershipAdmin(KamModelAdmin):
    """Joining a team ends the membership before; rows are added, never edited."""

    fields = ("user", "team", "started_on")
    may_see = staticmethod(can_see_users)
    may_add = staticmethod(can_manage_users)
    list_display = ("user", "team", "started_on", "ended_on")
    list_filter = ("team",)

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Membership:
        return users.join_team(
            values["user"],
            values["team"],
            on=values["started_on"],
            by=request.user,  # type: ignore[arg-type]  # admin pages are for our people
        )


@admin.register(PositionChange)
class PositionChangeAdmin(KamModelAdmin):
    """A proposal: saving it sends it to HR or the general manager."""

    fields = ("user", "position", "reason")
    may_see = staticmethod(can_see_users)
    may_add = staticmethod(can_draft_position_change)
    list_display = ("user", "position_before", "position", "drafted_by", "drafted_on", "state", "applied_at")

    @admin.display(description=_("position so far"), ordering="before")
    def position_before(self, row: PositionChange) -> str:
        return str(POSITION_LABELS[Position(row.before)])

    @admin.display(description=_("proposed on"), ordering="created_at")
    def drafted_on(self, row: PositionChange) -> datetime:
        return row.created_at

    @admin.display(description=_("State"), ordering="closed_at")
    def state(self, row: PositionChange) -> str:
        if row.applied_at is not None:
            return str(_("In force"))
        return str(_("Waiting") if row.closed_at is None else _("Not approved"))

    def add(self, request: HttpRequest, values: dict[str, Any]) -> PositionChange:
        return positions.propose_position(
            values["user"],
            Position(values["position"]),
            reason=values["reason"],
            by=request.user,  # type: ignore[arg-type]  # admin pages are for our people
        )
