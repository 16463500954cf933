"""What sections read comes for all of them in one statement, and says what each would have read for itself."""

from datetime import date, timedelta
from operator import attrgetter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kam.core.once import reading
from kam.notes.models import Task
from kam.today.asks import Ask, Wanted, read_together
from kam.today.blocks import collect, prepare
from kam.today.registry import sections
from kam.today.terms import Exit
from kam.users.models import User
from tests.kam.today.test_shared_numbers import department

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 23)
OPEN = Ask(
    "test.open",
    lambda people, day: Task.objects.filter(assignee__any_of=people, due_on__lte=day).order_by("pk"),
    attrgetter("assignee_id"),
)


@pytest.fixture
def tasks(cast):
    return {
        name: Task.objects.create(text=name, assignee=getattr(cast, name), due_on=DAY)
        for name in ("owner", "same_team", "lead")
    }


def test_an_ask_gives_each_person_the_own_rows_read_alone_or_before(cast, tasks):
    users = [cast.owner, cast.lead, cast.manager]
    told = {cast.owner.pk: [tasks["owner"]], cast.lead.pk: [tasks["lead"]]}
    assert OPEN(users, DAY) == told
    assert OPEN(users, DAY - timedelta(days=1)) == OPEN([], DAY) == {}
    with reading():
        people = frozenset(user.pk for user in users)
        read_together([Wanted(OPEN, DAY, people), Wanted(OPEN, DAY, frozenset([cast.same_team.pk]))])
        with CaptureQueriesContext(connection) as asked:
            assert OPEN(users, DAY) == told
            assert OPEN([cast.same_team], DAY) == {cast.same_team.pk: [tasks["same_team"]]}
        assert len(asked) == 0
        with CaptureQueriesContext(connection) as asked:
            read_together([Wanted(OPEN, DAY, people)])  # known
            assert OPEN([cast.other_team], DAY) == {}  # nobody said that this would be asked
        assert len(asked) == 1


@pytest.mark.parametrize("exit_", list(Exit))
def test_what_is_read_before_is_what_each_section_reads_for_itself(exit_):
    department(21)
    people = list(User.objects.order_by("pk"))
    alone = collect(people, DAY, exit_)
    with reading():
        prepare(people, DAY, exit_)
        assert collect(people, DAY, exit_) == alone


def test_a_section_that_names_its_asks_asks_nothing_more(cast):
    asking = [section for exit_ in Exit for section in sections(exit_) if section.asks]
    assert {section.key for section in asking} >= {
        "agreements",
        "birthdays",
        "gifts_due",
        "service_plans",
        "tasks",
    }
    for section in asking:
        with reading():
            read_together(section.wanted([cast.owner, cast.lead], DAY))
            with CaptureQueriesContext(connection) as asked:
                section.collect([cast.owner, cast.lead], DAY)
        assert len(asked) == 0, (section.key, [query["sql"][:150] for query in asked])
