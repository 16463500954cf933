"""The acts on people who sign in: make, invite, change, deactivate. Each is audited; sessions end where rights change."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kam.approvals.seats import fill_empty_stages
from kam.audit.services import changed_fields, record
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.core.sentences import listed
from kam.outbox.services import post
from kam.people.registry import all_holdings
from kam.people.services import sessions
from kam.people.services.absences import ask_superiors_again
from kam.users.models import Membership, Team, User
from kam.users.terms import Position

PERSONAL = ("mobile", "email")
PREFERENCES = ("language", "time_zone", "mobile", "wants_digest_mail", "wants_digest_pdf")
EDITABLE = ("name", "email", "mobile", "language", "time_zone", "joined_on")


@transaction.atomic
def create_user(
    *,
    staff_number: str,
    name: str,
    position: Position,
    by: User | None,
    password: str | None = None,
    **fields: Any,
) -> User:
    """Make a person. Without a password they get one by the invitation's link."""
    if User.objects.filter(staff_number__iexact=staff_number).exists():
        raise BusinessError(_("This staff number is taken."), code="taken", field="staff_number")
    email = fields.get("email", "")
    if email and User.objects.filter(email__iexact=email).exists():
        raise BusinessError(_("This e-mail address is taken."), code="taken", field="email")
    user = User.objects.create_user(staff_number, password, name=name, position=position, **fields)
    record(
        "people.user.created",
        user,
        by=by,
        changes={
            "staff_number": (None, staff_number),
            "name": (None, name),
            "position": (None, position.value),
        },
    )
    return user


@transaction.atomic
def change_user(user: User, values: Mapping[str, Any], *, by: User) -> User:
    """Change what an administrator may change by themselves; the position is a rule change and not among it."""
    user = locked(User.objects.filter(pk=user.pk)).get()
    changes = changed_fields(user, {name: values[name] for name in EDITABLE if name in values})
    if not changes:
        return user
    for name, (_old, new) in changes.items():
        setattr(user, name, new)
    user.save(update_fields=list(changes))
    record("people.user.changed", user, by=by, changes=changes, personal=PERSONAL)
    return user


@transaction.atomic
def change_preferences(user: User, values: Mapping[str, Any]) -> User:
    """Change what a person sets about themselves."""
    changes = changed_fields(user, {name: values[name] for name in PREFERENCES if name in values})
    if changes:
        for name, (_old, new) in changes.items():
            setattr(user, name, new)
        user.save(update_fields=list(changes))
        record("people.user.changed", user, by=user, changes=changes, personal=PERSONAL)
    return user


@transaction.atomic
def change_position(user: User, position: Position, *, by: User) -> User:
    """Give a person another position (decided by HR or the general manager); all their sessions end."""
    user = locked(User.objects.filter(pk=user.pk)).get()
    if user.pk == by.pk:
        raise BusinessError(_("Nobody changes their own position."), code="own_position")
    if user.position == position:
        return user
    before, user.position = user.position, position.value
    user.save(update_fields=["position"])
    record("people.user.position_changed", user, by=by, changes={"position": (before, position.value)})
    ask_superiors_again(user)
    sessions.end_sessions(user, by=by)
    fill_empty_stages(by=by)
    return user


@transaction.atomic
def deactivate_user(user: User, *, on: date, by: User | None) -> User:
    """End a person's access; refused while they hold anything (S-222: both must be handed over first)."""
    user = locked(User.objects.filter(pk=user.pk)).get()
    if by is not None and user.pk == by.pk:
        raise BusinessError(_("Nobody deactivates themselves."), code="own")
    if not user.is_active:
        return user
    held = [str(holding.label) for holding in all_holdings() if holding.of(user)]
    if held:
        raise BusinessError(
            _("Hand over first: this person still holds %(what)s.") % {"what": listed(held)}, code="holds"
        )
    user.is_active, user.left_on = False, on
    user.save(update_fields=["is_active", "left_on"])
    Membership.objects.filter(user=user, ended_on__isnull=True, started_on__lte=on).update(ended_on=on)
    record(
        "people.user.deactivated", user, by=by, changes={"is_active": (True, False), "left_on": (None, on)}
    )
    sessions.end_sessions(user, by=by)
    fill_empty_stages(by=by)
    return user


@transaction.atomic
def reactivate_user(user: User, *, by: User) -> User:
    """Let a person come back."""
    user = locked(User.objects.filter(pk=user.pk)).get()
    if not user.is_active:
        user.is_active, user.left_on = True, None
        user.save(update_fields=["is_active", "left_on"])
        record("people.user.reactivated", user, by=by, changes={"is_active": (False, True)})
    return user


@transaction.atomic
def set_password(user: User, password: str, *, by: User | None) -> User:
    """Give a person a new password; every session of theirs ends and a mail tells them."""
    user.set_password(password)
    user.save(update_fields=["password"])
    entry = record("people.user.password_changed", user, by=by)
    sessions.end_sessions(user, by=by)
    with translation.override(user.language):
        post(
            key=f"people.password:{entry.pk}",
            to=user,
            kind="people.password",
            subject=gettext("Your KAM password was changed"),
            text=render_to_string("outbox/people/password_changed.txt", {"user": user, "at": timezone.now()}),
        )
    return user


def reset_link(user: User) -> str:
    """Return the one-time address where this person sets a password."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return str(settings.BASE_URL) + path.replace("UID-KEY", key)


@transaction.atomic
def invite(user: User, *, by: User | None) -> None:
    """Send a person the link to their first or a new password."""
    if not user.email:
        raise BusinessError(_("This person has no e-mail address."), code="no_address", field="email")
    entry = record("people.user.invited", user, by=by)
    with translation.override(user.language):
        post(
            key=f"people.invite:{entry.pk}",
            to=user,
            kind="people.invite",
            subject=gettext("Your access to KAM"),
            text=render_to_string("outbox/people/invite.txt", {"user": user, "link": reset_link(user)}),
        )


@transaction.atomic
def join_team(user: User, team: Team, *, on: date, by: User | None) -> Membership:
    """Move a person to a team from a day on; the earlier membership ends the day before."""
    current = locked(Membership.objects.filter(user=user, ended_on__isnull=True)).first()
    if current is not None and current.team_id == team.pk:
        return current
    if current is not None:
        if current.started_on >= on:
            raise BusinessError(_("The person joined the earlier team on that day or later."), field="on")
        current.ended_on = on - timedelta(days=1)
        current.save(update_fields=["ended_on"])
    membership = Membership.objects.create(user=user, team=team, started_on=on)
    record(
        "people.team.joined",
        user,
        by=by,
        changes={"team": (current.team if current else None, team), "from": (None, on)},
    )
    return membership
