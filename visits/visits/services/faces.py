"""Somebody met who is not in the file yet: added with the visit, in its transaction (S-153)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.persons.models import Person
from accounts.persons.services import add_person, edit_person
from accounts.units.models import KeyAccount
from kam.search.services import normalise_name
from kam.users.models import User
from visits.visits.rules import is_same_face


@dataclass(frozen=True, slots=True)
class NewFace:
    """What one knows after the first handshake."""

    name: str
    post: str = ""
    mobile: str = ""


def meet_faces(
    faces: Sequence[NewFace], *, unit: KeyAccount, on: date, by: User, met: Sequence[int] = ()
) -> list[Person]:
    """Return the persons of the unit that these faces are: added where the file does not have them yet.

    Whoever is in the file under that name is not added again; what was empty there is filled in. `met` are the persons this
    visit has already met: a second sending of the same entry finds them again, also with another post.
    """
    return [_meet(face, unit=unit, on=on, by=by, met=met) for face in faces]


def _meet(face: NewFace, *, unit: KeyAccount, on: date, by: User, met: Sequence[int]) -> Person:
    key = normalise_name(face.name)
    there = [row for row in Person.objects.filter(unit=unit).present() if normalise_name(row.name) == key]
    for person in there:
        if person.pk in met or is_same_face(face.post, person.post):
            empty = {name: getattr(face, name) for name in ("post", "mobile") if not getattr(person, name)}
            return edit_person(person, empty, by=by)
    told = {"name": face.name, "post": face.post, "mobile": face.mobile, "first_met_on": on}
    return add_person(unit, told, by=by)
