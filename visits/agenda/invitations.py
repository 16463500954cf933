"""Invitations to appointments by mail, when asked for; from then on calendars follow every change by themselves (RFC 5546)."""

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from kam.audit.services import record
from kam.core.days import moment_words
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.outbox import services as outbox
from kam.users.models import User
from visits.agenda.models import CalendarInvitation, InvitationLetter
from visits.agenda.rules import Told, letters_due
from visits.agenda.terms import Method
from visits.appointments.models import Appointment
from visits.appointments.terms import OPEN
from visits.preparation.selectors.day import addressed

SOURCE = "visits.invitation"
KIND = "visits.invitation"


@transaction.atomic
def invite(appointment: Appointment, *, by: User, to_customer: bool = False) -> CalendarInvitation:
    """Send the appointment to the calendar of who goes, and to the contact person's where asked for. Once more sends it anew."""
    rows = Appointment.objects.filter(pk=appointment.pk).select_related("unit", "user", "person")
    row = locked(rows).get()
    if row.state not in OPEN or row.starts_at is None:
        raise BusinessError(_("Only an appointment with a time that lies ahead is sent."), code="not_booked")
    if to_customer and (row.person is None or not row.person.email):
        raise BusinessError(
            _("The contact person has no e-mail address."), code="no_address", field="to_customer"
        )
    found, made = CalendarInvitation.objects.get_or_create(
        appointment=row, defaults={"uid": f"appointment-{row.pk}@kam.invalid", "to_customer": to_customer}
    )
    if not made:
        found.sequence += 1
        found.to_customer = found.to_customer or to_customer
        found.save(update_fields=["sequence", "to_customer"])
    _write(found, row, row.user, Method.REQUEST)
    record("visits.invitation.sent", row, by=by, changes={"sequence": (None, found.sequence)})
    return found


def follow(appointment: Appointment, by: User | None) -> None:
    """Tell the calendars what became of an appointment that was sent to them; called in the act's own transaction."""
    found = locked(CalendarInvitation.objects.filter(appointment=appointment)).first()
    last = found.letters.select_related("user").order_by("-pk").first() if found else None
    if found is None or last is None:
        return
    now = Told(
        appointment.user_id,
        appointment.starts_at,
        appointment.ends_at,
        appointment.place,
        Method.REQUEST if appointment.state in OPEN else Method.CANCEL,
    )
    before = Told(last.user_id, last.starts_at, last.ends_at, last.place, Method(last.method))
    letters = letters_due(before, now)
    if not letters:
        return
    found.sequence += 1
    found.save(update_fields=["sequence"])
    for user_id, method in letters:
        user = appointment.user if user_id == appointment.user_id else last.user
        _write(found, appointment, user, method, last=last)
    record("visits.invitation.followed", appointment, by=by, changes={"sequence": (None, found.sequence)})


def _write(
    invitation: CalendarInvitation,
    row: Appointment,
    user: User,
    method: Method,
    *,
    last: InvitationLetter | None = None,
) -> None:
    """Write the letter to `user`, and the one to the customer: not the cancellation that only takes somebody of us out."""
    told = last if last is not None and method is Method.CANCEL else row
    base = {
        "invitation": invitation,
        "sequence": invitation.sequence,
        "method": method,
        "user": user,
        "unit_name": row.unit.name,
        "person_name": addressed(row.person.name, row.person.post) if row.person else "",
        "starts_at": told.starts_at,
        "ends_at": told.ends_at,
        "place": told.place,
    }
    _post(InvitationLetter.objects.create(**base))
    goes = method is Method.REQUEST or user.pk == row.user_id
    if invitation.to_customer and goes and row.person is not None and row.person.email:
        _post(InvitationLetter.objects.create(**base, address=row.person.email))


def _post(letter: InvitationLetter) -> None:
    with override(letter.user.language):
        when = moment_words(letter.starts_at, letter.starts_at.year, letter.user.language)
        words = {"unit": letter.unit_name, "when": when}
        subject = (
            gettext("Cancelled: appointment at %(unit)s, %(when)s")
            if letter.method == Method.CANCEL
            else gettext("Appointment at %(unit)s, %(when)s")
        ) % words
        lines = [
            subject,
            letter.person_name,
            letter.place,
            gettext("The attachment puts it into your calendar."),
        ]
    text = "\n".join(line for line in lines if line)
    attachment = {
        "name": "cancel.ics" if letter.method == Method.CANCEL else "invite.ics",
        "type": f"text/calendar; method={letter.method}",
        "source": SOURCE,
        "id": str(letter.pk),
    }
    key = f"{SOURCE}:{letter.pk}"
    if letter.address:
        outbox.post_outside(
            key=key,
            on_behalf_of=letter.user,
            address=letter.address,
            kind=KIND,
            subject=subject,
            text=text,
            attachments=[attachment],
        )
    else:
        outbox.post(key=key, to=letter.user, kind=KIND, subject=subject, text=text, attachments=[attachment])
