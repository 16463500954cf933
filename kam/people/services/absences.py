"""The acts on absences: enter, confirm an unusual substitute, cancel (12-decisions, 5)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.outbox.services import notify
from kam.people.models import Absence
from kam.people.rules import may_stand_in
from kam.people.terms import AbsenceKind
from kam.users.models import User
from kam.users.scopes import superior_of
from kam.users.terms import Position


@dataclass(frozen=True, slots=True)
class AbsencePlan:
    """What somebody enters about being away."""

    kind: AbsenceKind
    started_on: date
    ended_on: date
    substitute: User | None


@transaction.atomic
def add_absence(user: User, plan: AbsencePlan, *, by: User) -> Absence:
    """Enter an absence; a substitute from below or from another line waits for the superior's confirmation."""
    locked(User.objects.filter(pk=user.pk)).get()
    _refuse_impossible(user, plan)
    substitute = plan.substitute
    unusual = substitute is not None and not may_stand_in(
        Position(user.position), Position(substitute.position)
    )
    absence = Absence.objects.create(
        user=user,
        substitute=substitute,
        kind=plan.kind,
        started_on=plan.started_on,
        ended_on=plan.ended_on,
        needs_confirmation=unusual,
    )
    record(
        "people.absence.added",
        absence,
        by=by,
        changes={
            "from": (None, plan.started_on),
            "until": (None, plan.ended_on),
            "substitute": (None, substitute),
        },
    )
    _tell(absence, unusual=unusual)
    return absence


def _refuse_impossible(user: User, plan: AbsencePlan) -> None:
    if plan.ended_on < plan.started_on:
        raise BusinessError(_("The last day is before the first."), code="order", field="ended_on")
    rows = Absence.objects.filter(
        cancelled_at__isnull=True, started_on__lte=plan.ended_on, ended_on__gte=plan.started_on
    )
    if rows.filter(user=user).exists():
        raise BusinessError(
            _("An absence is entered for these days already."), code="overlap", field="started_on"
        )
    substitute = plan.substitute
    if substitute is None:
        return
    if substitute.pk == user.pk or not substitute.is_active:
        raise BusinessError(_("Choose somebody else as substitute."), code="substitute", field="substitute")
    if rows.filter(user=substitute).exists():
        raise BusinessError(_("The substitute is away on these days too."), code="away", field="substitute")


def _tell(absence: Absence, *, unusual: bool) -> None:
    superior = superior_of(absence.user)
    who = {"name": absence.user.name}
    if unusual and superior is not None:
        with translation.override(superior.language):
            notify(
                key=f"people.absence.confirm:{absence.pk}",
                to=superior,
                kind="people.absence",
                text=gettext("%(name)s names an unusual substitute. Please confirm.") % who,
                url="/me/absences/",
            )
    elif absence.substitute is not None:
        with translation.override(absence.substitute.language):
            notify(
                key=f"people.absence.substitute:{absence.pk}",
                to=absence.substitute,
                kind="people.absence",
                text=gettext("You stand in for %(name)s.") % who,
                url="/me/absences/",
            )


def ask_superiors_again(user: User) -> None:
    """Tell who has to confirm a substitute that a change of `user`'s position made unusual; called in the transaction of the change.

    Until then nobody decides in the absent person's name (12-decisions, 5). Absences gone by, and those confirmed, ask nobody.
    """
    rows = Absence.objects.filter(Q(user=user) | Q(substitute=user), cancelled_at=None)
    for absence in rows.filter(ended_on__gte=business_date()).select_related("user", "substitute"):
        superior = superior_of(absence.user)
        if superior is None or absence.substitute is None or not absence.waits_for_superior:
            continue
        with translation.override(superior.language):
            notify(
                key=f"people.absence.confirm:{absence.pk}:{timezone.now().isoformat()}",
                to=superior,
                kind="people.absence",
                text=gettext(
                    "After a change of position %(substitute)s stands in for %(name)s only once you confirm it."
                )
                % {"substitute": absence.substitute.name, "name": absence.user.name},
                url="/me/absences/",
            )


@transaction.atomic
def confirm_absence(absence: Absence, *, by: User) -> Absence:
    """Confirm the substitute; from now on they decide in the absent person's name."""
    absence = locked(Absence.objects.filter(pk=absence.pk)).get()
    if absence.cancelled_at is not None:
        raise BusinessError(_("This absence was cancelled."), code="cancelled")
    if absence.waits_for_superior:
        absence.confirmed_by, absence.confirmed_at = by, timezone.now()
        absence.version += 1
        absence.save(update_fields=["confirmed_by", "confirmed_at", "version"])
        record("people.absence.confirmed", absence, by=by)
    return absence


@transaction.atomic
def cancel_absence(absence: Absence, *, by: User) -> Absence:
    """Take an absence back; what the substitute decided meanwhile stays decided."""
    absence = locked(Absence.objects.filter(pk=absence.pk)).get()
    if absence.cancelled_at is None:
        absence.cancelled_at = timezone.now()
        absence.version += 1
        absence.save(update_fields=["cancelled_at", "version"])
        record("people.absence.cancelled", absence, by=by)
    return absence
