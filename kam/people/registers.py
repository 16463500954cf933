"""What people give to the frames."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kam.approvals.models import Seat
from kam.approvals.registry import Subject, register, register_substitutes
from kam.approvals.seats import hand_over_seats
from kam.audit.registry import register_act
from kam.core.frame import register_menu
from kam.core.sentences import sentence
from kam.core.setup import SetupStep, register_setup
from kam.jobs.registry import periodic
from kam.notes import services as notes
from kam.notes.models import Task
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.people.selectors import substitutes_on
from kam.people.services import handovers, positions, sessions, sign_in
from kam.people.successors import PICK
from kam.search.picks import people_pick
from kam.search.registry import register_pick
from kam.settings_rows.registry import define
from kam.users.models import Membership, Team, User
from kam.users.terms import Position

register_act("people.login.succeeded", _("Signed in"))
register_act("people.login.failed", _("Sign-in failed"))
register_act("people.logout", _("Signed out"))
register_act("people.session.ended", _("Signed out another device"))
register_act("people.sessions.ended", _("Signed out all devices"))
register_act("people.second_factor.added", _("Second factor set up"))
register_act("people.second_factor.removed", _("Second factor removed"))
register_act("people.user.created", _("Person added"))
register_act("people.user.changed", _("Colleague changed"))
register_act("people.user.position_changed", _("Position changed"))
register_act("people.user.password_changed", _("Password changed"))
register_act("people.user.invited", _("Invitation sent"))
register_act("people.user.deactivated", _("Person deactivated"))
register_act("people.user.reactivated", _("Person activated again"))
register_act("people.position.proposed", _("Change of position proposed"))
register_act("people.team.created", _("Team added"))
register_act("people.team.changed", _("Team changed"))
register_act("people.team.joined", _("Joined a team"))
register_act("people.industry.created", _("Industry added"))
register_act("people.industry.changed", _("Industry changed"))
register_act("people.absence.added", _("Absence entered"))
register_act("people.absence.confirmed", _("Substitute confirmed"))
register_act("people.absence.cancelled", _("Absence cancelled"))
register_act("people.handover.prepared", _("Handover prepared"))
register_act("people.handover.changed", _("Handover changed"))
register_act("people.handover.submitted", _("Handover submitted"))
register_act("people.handover.returned", _("Handover returned"))
register_act("people.handover.cancelled", _("Handover cancelled"))
register_act("people.handover.done", _("Handed over"))
register_act("people.unmasked", _("Personal data shown"))


register(
    Subject(
        key=positions.SUBJECT,
        model="people.PositionChange",
        label=_("Change of position"),
        snapshot=positions.snapshot_of,
        requester=lambda change: change.drafted_by,
        beneficiary=lambda change: change.user,
        material=("position", "person"),
        group=_("Rules"),
        icon="user-cog",
        on_approved=positions.apply_position,
        on_returned=positions.close_position,
        on_rejected=positions.close_position,
        on_withdrawn=positions.close_position,
    )
)


def held_tasks(user: User) -> list[HoldingRow]:
    """Return the open tasks and promises of a person."""
    return [
        HoldingRow(
            str(task.pk), task.text, note=task.subject_label or (str(task.due_on) if task.due_on else "")
        )
        for task in Task.objects.open().filter(assignee=user).order_by("due_on", "pk")
    ]


def move_tasks(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    for task in Task.objects.open().filter(pk__in=row_ids, assignee=frm):
        notes.move_task(task, to=to, by=by)


def held_seats(user: User) -> list[HoldingRow]:
    """Return the decisions that wait for a person or will."""
    seats = Seat.objects.filter(user=user, ended_at__isnull=True, stage__state__in=["waiting", "pending"])
    return [
        HoldingRow(str(seat.pk), str(seat.stage.round.request), note=str(_("decision")))
        for seat in seats.select_related("stage__round__request")
    ]


def move_seats(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    hand_over_seats([int(row_id) for row_id in row_ids], frm=frm, to=to, by=by)


def _successors(_user: User, _within: str) -> QuerySet[User]:
    """Everybody who works here, whoever prepares the handover included."""
    return User.objects.working().exclude(position=Position.ADMINISTRATOR)


register_pick(people_pick(PICK, _successors))
register_holding(Holding("notes.task", _("Tasks and promises"), of=held_tasks, move=move_tasks, order=80))
register_holding(
    Holding("approvals.seat", _("Approvals to decide"), of=held_seats, move=move_seats, order=70)
)
register(
    Subject(
        key=handovers.SUBJECT,
        model="people.Handover",
        label=_("Handover"),
        snapshot=handovers.snapshot_of,
        requester=lambda handover: handover.prepared_by,
        beneficiary=lambda handover: handover.person,
        material=("successors", "person"),
        group=_("People"),
        icon="arrows-exchange",
        url=lambda handover: f"/people/handovers/{handover.pk}/",
        on_approved=handovers.carry_out,
        on_returned=handovers.reopen,
        on_rejected=handovers.close,
        on_withdrawn=handovers.close,
    )
)
register_menu(
    "handovers", _("Handovers"), "arrows-exchange", "/people/handovers/", visible=lambda u: u.rank >= 0
)
register_substitutes(substitutes_on)
register_menu("absences", _("Absences and substitutes"), "beach", "/me/absences/")
register_menu("me", _("My page"), "user", "/me/")
register_menu("admin", _("Administration"), "settings", "/admin/", visible=lambda user: user.is_staff)


def clean_up() -> str:
    """Forget attempts, counters of guesses and sessions that are over."""
    now = timezone.now()
    sign_in.forget_expired_counters(now=now)
    attempts = sign_in.forget_old_attempts(now=now)
    ended = sessions.forget_old_sessions(before=now - timedelta(hours=12))
    return sentence(gettext_noop("%(attempts)s attempts, %(ended)s sessions"), attempts=attempts, ended=ended)


periodic("people.clean_up", every=timedelta(hours=1), run=clean_up, label=_("Forget old sign-in attempts"))
register_setup(
    SetupStep(
        key="people",
        label=_("Add the people"),
        why=_("Each with a position; whoever has an e-mail address gets a link to set a password."),
        url="/admin/users/user/add/",
        order=10,
        is_done=lambda: User.objects.filter(is_active=True).exclude(position=Position.ADMINISTRATOR).exists(),
    )
)
register_setup(
    SetupStep(
        key="teams",
        label=_("Make the teams"),
        why=_("Lead and manager of a team see its units and decide its plans."),
        url="/admin/users/team/add/",
        order=20,
        is_done=Team.objects.exists,
    )
)
register_setup(
    SetupStep(
        key="members",
        label=_("Put people into the teams"),
        why=_("From which day each belongs to which team."),
        url="/admin/users/membership/add/",
        order=30,
        is_done=lambda: Membership.objects.filter(ended_on__isnull=True).exists(),
    )
)
register_menu("department", _("The department"), "users-group", "/people/")
define("staffing_teams", 2, label=_("Teams of a department"), group=_("Staffing"), assumption=False)
define(
    "staffing_industries_a_team", 2, label=_("Industries a team owns"), group=_("Staffing"), assumption=False
)
define(
    "staffing_people_an_industry",
    2,
    label=_("Salespeople to an industry"),
    group=_("Staffing"),
    assumption=False,
)
