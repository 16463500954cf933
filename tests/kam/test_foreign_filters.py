"""An address says no more for another team's id than for one that is nobody's (R-29): lists, exports, calendars, dashboards, rooms of reports.

The pages are those of the permission table that need no object. A page is asked once with nothing, to see what it reads of its address; each
name that stands for a record is then asked with an id of theirs and with one that does not exist: the two answers are the same, but for the id.
"""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.http import QueryDict
from django.utils import timezone

from kam.lists.spec import all_lists
from kam.users.scopes import Reach
from kpi.measures.permissions import reach_of
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign, make_deal
from tests.factories.visits import make_visit
from tests.permissions.row import Row, no_arguments
from tests.permissions.walk import Walker, modules, rows_of

#: The widest reach that ends at a team, and the office, whose reach is none: the first who may open the page.
READERS = (("manager", "lead", "owner"), ("finance", "hr", "admin"))
#: Which record a name of an address stands for, by what is in the name.
KINDS = {"unit": "unit", "account": "unit", "person": "person", "team": "team"} | dict.fromkeys(
    ("owner", "user", "who", "scorer", "staff", "seller", "by", "author", "assignee"), "user"
)
#: Names whose values say which kind they are of: whose figures are looked at.
SPOKEN = {"of": (("team-%s", "team"), ("person-%s", "user"))}
#: What differs between any two answers.
VARYING = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|name="key" value="[^"]*"')
NOBODYS = 987_654_321


def kind_of(name: str) -> str:
    return next((KINDS[part] for part in re.split(r"[_\-.]+", name) if part in KINDS), "")


class Asker(Walker):
    """Asks a page with what its address may say."""

    def __init__(self, cast, client_of) -> None:
        super().__init__(cast, client_of)
        unit = make_unit("别人的商会", owner=cast.other_team)
        person = make_person(unit, "别家贵人")
        make_visit(unit, person, user=cast.other_team, on=unit.file_opened_on)
        make_deal(unit, make_campaign(), "别家买主")
        self.theirs = {
            "unit": unit.pk,
            "person": person.pk,
            "team": cast.second_team.pk,
            "user": cast.other_team.pk,
        }
        self.tried: set[str] = set()

    def told_too_much(self, row: Row) -> Iterator[str]:
        """Yield a line per name of the address for which a foreign id is answered otherwise than nobody's."""
        told = row.expected()
        for people in READERS:
            person = next((person for person in people if told[person] == 200), None)
            if person is not None:
                yield from self._told_to(row, person)

    def _told_to(self, row: Row, person: str) -> Iterator[str]:
        sees_all_figures = reach_of(getattr(self.cast, person)) is Reach.DEPARTMENT
        for name in sorted(self._read(row, person)):
            if name in SPOKEN and sees_all_figures:
                continue
            self.tried.add(f"{row.route} {name}")
            for words, kind in SPOKEN.get(name, (("%s", kind_of(name)),)):
                ids = (self.theirs[kind], NOBODYS)
                with time_machine.travel(timezone.now(), tick=False):  # pages say when they were drawn
                    foreign, nobodys = (self._text(row, person, {name: words % pk}, ids) for pk in ids)
                if foreign != nobodys:
                    yield f"{row.route}?{name}= as {person}: another team's id is answered otherwise than nobody's"

    def _read(self, row: Row, person: str) -> set[str]:
        """Return the names of records that the view looks for in its address."""
        names: set[str] = set()

        class Watched(QueryDict):
            def __getitem__(self, key):
                names.add(str(key))
                return super().__getitem__(key)

            def get(self, key, default=None):
                names.add(str(key))
                return super().get(key, default)

            def getlist(self, key, default=None):
                names.add(str(key))
                return super().getlist(key, default)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.core.handlers.wsgi.QueryDict", Watched)
            self.ask(row, person, self._address(row), {})
        for spec in all_lists().values():
            if spec.url == self._address(row) and spec.filterset is not None:
                names |= set(spec.filterset.base_filters)
        return {name for name in names if kind_of(name) or name in SPOKEN}

    def _text(self, row: Row, person: str, asked: dict[str, str], ids: tuple[int, int]) -> tuple[int, str]:
        """Return the answer without the ids: without both, for the foreign one may be a day of the month too."""
        answer = self.ask(row, person, self._address(row), asked)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = VARYING.sub("", content.decode(errors="replace"))
        return answer.status_code, re.sub(rf"\b({ids[0]}|{ids[1]})\b", "ID", text)

    def _address(self, row: Row) -> str:
        return self.known[row.route].address({})


def pages_of(module: str) -> list[Row]:
    return [row for row in rows_of(module) if row.method == "GET" and row.make is no_arguments]


@pytest.mark.parametrize("module", [module for module in modules() if pages_of(module)])
def test_no_address_tells_of_what_its_reader_may_not_see(module, cast, client_of):
    asker = Asker(cast, client_of)
    found = [line for row in pages_of(module) for line in asker.told_too_much(row)]
    assert not found, f"{len(found)} of {len(asker.tried)} names:\n" + "\n".join(found)


def test_lists_boards_and_figures_are_asked(cast, client_of):
    """Positive control: names of filters, of boards and of figures are found."""
    asker = Asker(cast, client_of)
    wanted = {"visits/week/": "user", "kpi/": "of", "accounts/": "owner"}
    for module in ("visits_plans", "kpi_dashboards", "accounts_units"):
        for row in pages_of(module):
            if row.route in wanted:
                assert list(asker.told_too_much(row)) == []
    assert {f"{route} {name}" for route, name in wanted.items()} <= asker.tried


def test_a_page_that_tells_of_any_unit_is_named(cast, client_of, settings):
    """Negative control."""
    settings.ROOT_URLCONF = "tests.permissions_planted"
    [found] = Asker(cast, client_of).told_too_much(Row("telling/", "GET", "-", "200: manager; 403: *"))
    assert found.startswith("telling/?unit= as manager")
