"""What people give to the frames."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.people.services import sessions, sign_in

register_act("people.login.succeeded", _("Signed in"))
register_act("people.login.failed", _("Sign-in failed"))
register_act("people.logout", _("Signed out"))
register_act("people.session.ended", _("Signed out another device"))
register_act("people.sessions.ended", _("Signed out all devices"))
register_act("people.second_factor.added", _("Second factor set up"))
register_act("people.second_factor.removed", _("Second factor removed"))
register_act("people.user.created", _("Person added"))
register_act("people.user.changed", _("Person changed"))
register_act("people.user.position_changed", _("Position changed"))
register_act("people.user.password_changed", _("Password changed"))
register_act("people.user.invited", _("Invitation sent"))
register_act("people.user.deactivated", _("Person deactivated"))
register_act("people.user.reactivated", _("Person activated again"))
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


def clean_up() -> str:
    """Forget attempts and sessions that are over."""
    now = timezone.now()
    attempts = sign_in.forget_old_attempts(now=now)
    ended = sessions.forget_old_sessions(before=now - timedelta(hours=12))
    return f"{attempts} attempts, {ended} sessions"
