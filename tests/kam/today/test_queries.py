"""As many statements for a thousand people as for ten (13-proof, 3)."""

import time
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kam.outbox.models import Message
from kam.today.models import Digest
from kam.today.registry import register_duty, register_figure, register_section
from kam.today.sections import collect_team, text_of_team
from kam.today.services import make
from kam.today.terms import Exit, Slot
from kam.users.models import Membership, Team, User
from kam.users.terms import Position
from tests.kam.today.stage import duty, empty_registry, figure, visits

__all__ = ["empty_registry"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_registry")]

TUESDAY = date(2026, 6, 23)
EIGHT = datetime(2026, 6, 23, 0, 0, tzinfo=UTC)


def people(count):
    """Make a department: one director, everybody else in one team."""
    made = User.objects.bulk_create(
        User(
            staff_number=f"p{n}",
            name=f"Person {n}",
            email=f"p{n}@kam.example",
            position=Position.SPECIALIST if n else Position.DIRECTOR,
            joined_on=date(2020, 1, 1),
            password="!",
        )
        for n in range(count)
    )
    team = Team.objects.create(name="All")
    Membership.objects.bulk_create(
        Membership(user=user, team=team, started_on=date(2020, 1, 1)) for user in made[1:]
    )


def register_all():
    register_section(visits(lambda users, _day: {user.pk: [user.name] for user in users}))
    register_duty(duty(lambda _users, _day: set()))
    register_figure(figure(lambda users, _day: {user.pk: 3 for user in users}))
    register_section(
        visits(
            lambda users, day: collect_team(Exit.PLAN, users, day),
            key="team",
            positions=(Position.DIRECTOR,),
            text=text_of_team,
            template="today/sections/team.html",
            summary=None,
        )
    )


def statements(size):
    people(size)
    register_all()
    start = time.monotonic()
    with CaptureQueriesContext(connection) as seen:
        make(Slot.PLAN, TUESDAY, EIGHT)
    assert Digest.objects.count() == Message.objects.count() == size
    assert time.monotonic() - start < 20
    said = [q["sql"] for q in seen.captured_queries]
    return [sql for sql in said if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


@pytest.mark.parametrize(("size", "chunks"), [(10, 1), (100, 1), (1000, 2)])
def test_statements_depend_on_chunks_only(size, chunks):
    said = statements(size)
    # Once: who is on leave, who is there, who has one; the director's people and the days off. A chunk: rows, mails, notices.
    assert len(said) == 3 + 2 + 5 * chunks, "\n".join(sql[:200] for sql in said)
