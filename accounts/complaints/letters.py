"""Who is told of a complaint or a crisis under the bell, and in whose language."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.complaints.models import Complaint, Crisis, CrisisStep
from accounts.complaints.terms import Severity
from kam.outbox import services as outbox
from kam.users.models import User
from kam.users.scopes import superior_of
from kam.users.terms import Position


def tell_received(complaint: Complaint, *, by: User | None) -> None:
    """Tell who handles it; of a severe one also the superior and the director."""
    people = [complaint.owner]
    if complaint.severity == Severity.SEVERE:
        people += _above(complaint.owner)
    for person in _others(people, by):
        with translation.override(person.language):
            text = _("Complaint of %(unit)s, to be resolved by %(day)s") % _words(complaint)
        _notify(
            person,
            f"complaint:{complaint.pk}:v{complaint.version}:received",
            text,
            complaint.get_absolute_url(),
        )


def tell_overdue(complaint: Complaint) -> int:
    """Tell who handles it and who stands above; return how many had not been told yet."""
    told = 0
    for person in _others([complaint.owner, superior_of(complaint.owner)], None):
        with translation.override(person.language):
            text = _("Overdue since %(day)s: complaint of %(unit)s") % _words(complaint)
        key = f"complaint:{complaint.pk}:{complaint.reopened}:overdue"
        told += _notify(person, key, text, complaint.get_absolute_url())
    return told


def tell_crisis(crisis: Crisis, *, by: User | None) -> None:
    """Tell the leader, those responsible for steps, and the line above."""
    people = [crisis.leader, *(step.responsible for step in crisis.steps.select_related("responsible"))]
    for person in _others([*people, *_above(crisis.leader)], by):
        with translation.override(person.language):
            text = _("Crisis at %(unit)s: look at your steps") % {"unit": crisis.complaint.unit.name}
        _notify(person, f"crisis:{crisis.pk}:opened", text, crisis.get_absolute_url())


def tell_step_overdue(step: CrisisStep) -> int:
    """Tell who is responsible, who leads, and who stands above the leader; return how many had not been told yet."""
    crisis, told = step.crisis, 0
    for person in _others([step.responsible, crisis.leader, superior_of(crisis.leader)], None):
        with translation.override(person.language):
            text = _("Crisis at %(unit)s: “%(step)s” is overdue") % {
                "unit": crisis.complaint.unit.name,
                "step": step.text,
            }
        told += _notify(person, f"crisis:step:{step.pk}:overdue", text, crisis.get_absolute_url())
    return told


def _above(person: User) -> list[User]:
    directors = User.objects.working().filter(position=Position.DIRECTOR)
    superior = superior_of(person)
    return [*([superior] if superior else []), *directors]


def _others(people: Iterable[User | None], by: User | None) -> list[User]:
    """Return each once, without those who left and whoever did it."""
    found = {
        person.pk: person for person in people if person is not None and person.is_active and person != by
    }
    return list(found.values())


def _words(complaint: Complaint) -> dict[str, str]:
    return {"unit": complaint.unit.name, "day": complaint.due_on.isoformat()}


def _notify(person: User, key: str, text: str, url: str) -> bool:
    made = outbox.notify(key=f"{key}:{person.pk}", to=person, kind="accounts.care", text=text, url=url)
    return made is not None
