"""A choice takes nothing its reader may not see: the id of another team's record is refused in every field of every form (R-29).

Forms, objects and valid bodies come from the permission table, so a new form is tried as soon as it is listed. What else could be
sent is made by the same table for the other team. Each field in turn gets an id of theirs: the answer is an error or a 404, and
nothing is written.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import MultipleObjectsReturned
from django.db import IntegrityError, transaction
from django.forms import BaseForm, ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpResponse

from campaigns.materials.models import Material
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_person, make_unit
from tests.permissions.row import Row
from tests.permissions.walk import Walker, blank_pages, by_object, modules, rows_of

#: Whose reach ends at their own team, so that there is something they may not see; and who works for all without seeing all.
POSTERS = (("owner", "lead", "manager"), ("finance", "clerk", "hr", "admin"))
#: The office's own supplies stand in no campaign: whoever holds some gives them back.
ANYBODYS = {Material: {"campaign": None}}
#: What is raised where there cannot be two, or the second one is not made.
MADE_ONCE = (IntegrityError, MultipleObjectsReturned, BusinessError, ConflictError, AttributeError)
REFUSED = frozenset({400, 403, 404, 409, 422})


class Swapper(Walker):
    """Sends each valid body once more for every choice in it, with an id that the sender may not see."""

    def __init__(self, cast, client_of) -> None:
        super().__init__(cast, client_of)
        self.theirs = replace(
            cast,
            owner=cast.other_team,
            same_team=cast.other_lead,
            lead=cast.other_lead,
            manager=cast.other_manager,
            other_team=cast.owner,
            other_lead=cast.lead,
            other_manager=cast.manager,
            team=cast.second_team,
            second_team=cast.team,
        )
        self.tried: set[str] = set()

    def taken(self, rows: list[Row]) -> Iterator[str]:
        """Yield a line per choice of these rows, which ask for the same object, that took a foreign id."""
        point = transaction.savepoint()
        try:
            kwargs = rows[0].make(self.cast)
            bodies = [row.body(self.cast, kwargs) for row in rows]  # some look for the only record there is
            self._make_theirs(rows[0])
            for row, body in zip(rows, bodies, strict=True):
                yield from self._taken_by(row, dict(kwargs), body)
        finally:
            transaction.savepoint_rollback(point)

    def _make_theirs(self, row: Row) -> None:
        """Make what the other team has of the same kind, as far as there may be two of it."""
        make_person(make_unit("Theirs", owner=self.theirs.owner), "Foreign")
        try:
            with transaction.atomic():
                row.make(self.theirs)
        except MADE_ONCE:
            pass

    def _taken_by(self, row: Row, kwargs: dict[str, Any], body: dict[str, Any]) -> Iterator[str]:
        told = row.expected()
        if "Content-Type" in row.headers:
            return
        for people in POSTERS:
            person = next((person for person in people if told[person] in {200, 302}), None)
            if person is not None:
                yield from self._taken_from(row, person, kwargs, body)

    def _taken_from(
        self, row: Row, person: str, kwargs: dict[str, Any], body: dict[str, Any]
    ) -> Iterator[str]:
        choices = self._choices(row, person, kwargs, body)
        self.counted, point = None, transaction.savepoint()
        for name, pk in self._foreign(choices, person).items():
            self.tried.add(f"{row.route} {name}")
            self.count()
            with self.rolled_back_to(point):
                response, _forms = self._send(row, person, kwargs, body | {name: pk})
                changed = self.changed_since(point)
            if changed or response.status_code not in REFUSED:
                yield f"{row.route} as {person}, {name}={pk}: {response.status_code}, changed {changed}"

    def _choices(
        self, row: Row, person: str, kwargs: dict[str, Any], body: dict[str, Any]
    ) -> dict[str, ModelChoiceField]:
        """Return the choices among records that the view reads from this body, by the name they are sent under."""
        point = transaction.savepoint()
        try:
            _response, forms = self._send(row, person, kwargs, body)
        finally:
            transaction.savepoint_rollback(point)
        return {
            form.add_prefix(name): field
            for form in forms
            for name, field in form.fields.items()
            if isinstance(field, ModelChoiceField) and not field.disabled
        }

    def _foreign(self, choices: dict[str, ModelChoiceField], person: str) -> dict[str, Any]:
        """Return for each choice an id of its model that this person may not see."""
        user, found = getattr(self.cast, person), {}
        for name, field in choices.items():
            rows = field.queryset.model._default_manager.all()
            if not hasattr(rows, "visible_to"):
                continue
            hidden = rows.exclude(pk__in=rows.visible_to(user).values("pk")).exclude(
                **ANYBODYS.get(rows.model, {"pk": 0})
            )
            last = hidden.order_by("-pk").first()
            if last is not None:
                pk = last.serializable_value(field.to_field_name or "pk")
                found[name] = [pk] if isinstance(field, ModelMultipleChoiceField) else pk
        return found

    def _send(
        self, row: Row, person: str, kwargs: dict[str, Any], body: dict[str, Any]
    ) -> tuple[HttpResponse, list[BaseForm]]:
        """Return the answer, and the forms that were checked on the way."""
        for file in body.values():
            if hasattr(file, "seek"):
                file.seek(0)
        checked: list[BaseForm] = []
        check = BaseForm.full_clean

        def watched(form: BaseForm) -> None:
            checked.append(form)
            check(form)

        with pytest.MonkeyPatch.context() as patch, blank_pages():
            patch.setattr(BaseForm, "full_clean", watched)
            response = self.ask(row, person, self.known[row.route].address(kwargs), body)
        return response, [form for form in checked if form.is_bound]


def posts_of(module: str) -> list[Row]:
    return [row for row in rows_of(module) if row.method == "POST"]


@pytest.mark.parametrize("module", [module for module in modules() if posts_of(module)])
def test_no_choice_takes_what_its_reader_may_not_see(module, cast, client_of):
    swapper = Swapper(cast, client_of)
    found = [line for rows in by_object(posts_of(module)) for line in swapper.taken(rows)]
    assert not found, f"{len(found)} of {len(swapper.tried)} choices:\n" + "\n".join(found)


def test_every_choice_of_a_form_is_tried(cast, client_of):
    """Positive control: where a form asks for a unit and a person, both were sent with one of theirs."""
    swapper = Swapper(cast, client_of)
    rows = [row for row in posts_of("visits_appointments") if row.route == "visits/appointments/new/"]
    assert [line for same in by_object(rows) for line in swapper.taken(same)] == []
    assert swapper.tried == {"visits/appointments/new/ unit", "visits/appointments/new/ person"}


def test_a_form_that_takes_any_unit_is_named(cast, client_of, settings):
    """Negative control."""
    settings.ROOT_URLCONF = "tests.permissions_planted"
    row = Row(
        "believing/",
        "POST",
        "-",
        "200: *",
        body=lambda cast, _kwargs: {"unit": make_unit(owner=cast.owner).pk},
    )
    found = list(Swapper(cast, client_of).taken([row]))
    assert [line.split(", unit=")[0] for line in found] == ["believing/ as owner", "believing/ as finance"]
    assert all(line.endswith(": 200, changed ['users_team']") for line in found)
