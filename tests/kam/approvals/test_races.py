"""Two real connections at once, with a barrier inside the critical section. Without row locks these must fail (negative control)."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from kam.approvals import services
from kam.approvals.models import Decision, Request, Round, Stage
from kam.core.errors import ConflictError
from kam.users.terms import Position
from tests.approval_subject.registers import inside
from tests.factories.approvals import make_route, make_wish
from tests.factories.kam import make_user
from tests.racing import meeting, without_index

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def barrier():
    """Two threads meet inside the effect of a decision, if nothing keeps them apart."""
    inside.append(threading.Barrier(2))
    yield
    inside.clear()


def at_once(*acts):
    """Run each act in a thread and connection of its own; return what each answered, an exception by its class."""
    answers = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(index, act):
        try:
            gate.wait(timeout=5)
            act()
            answers[index] = "done"
        except Exception as error:  # noqa: BLE001 -- the test compares it
            answers[index] = type(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return answers


def two_finance_people():
    return [make_user(name, Position.FINANCE) for name in ("finance-1", "finance-2")]


def test_sixteen_deciders_at_once_end_in_exactly_one_decision(barrier):
    people = [make_user(f"finance-{number}", Position.FINANCE) for number in range(16)]
    make_route({"by": ["finance"]})
    wish = make_wish(make_user("asking"))
    request = services.submit("wish", wish, by=wish.owner)

    def decide(number):
        told = {"by": people[number], "version": request.version}
        if number % 2:
            return lambda: services.reject(request, reason="No", **told)
        return lambda: services.approve(request, **told)

    answers = at_once(*[decide(number) for number in range(16)])
    assert sorted(answers, key=str) == sorted(["done"] + [ConflictError] * 15, key=str)
    assert Decision.objects.count() == 1
    wish.refresh_from_db()
    assert len(wish.log) == 1
    assert Request.objects.get().state == wish.state


def test_one_person_clicking_twice_decides_once(barrier):
    first, _second = two_finance_people()
    make_route({"by": ["finance"]})
    wish = make_wish(make_user("asking"))
    request = services.submit("wish", wish, by=wish.owner)
    twice = [lambda: services.approve(request, by=first, version=request.version)] * 2
    assert sorted(at_once(*twice), key=str) == sorted(["done", ConflictError], key=str)
    assert Decision.objects.count() == 1


def test_withdrawing_and_approving_at_once_ends_in_one_of_them(barrier):
    first, _second = two_finance_people()
    make_route({"by": ["finance"]})
    wish = make_wish(make_user("asking"))
    request = services.submit("wish", wish, by=wish.owner)
    answers = at_once(
        lambda: services.approve(request, by=first, version=request.version),
        lambda: services.withdraw(request, by=wish.owner, version=request.version),
    )
    assert sorted(answers, key=str) == sorted(["done", ConflictError], key=str)
    wish.refresh_from_db()
    assert (Request.objects.get().state, len(wish.log)) == (wish.state, 1)


def submit_twice_at_once(monkeypatch):
    """Both get as far as writing the first request of one wish; return what each was answered."""
    two_finance_people()
    make_route({"by": ["finance"]})
    wish = make_wish(make_user("asking"))
    monkeypatch.setattr(services, "_save_once", meeting(services._save_once))
    twice = [lambda: services.submit("wish", wish, by=wish.owner)] * 2
    return sorted(at_once(*twice), key=str)


def test_submitting_at_once_makes_one_request(monkeypatch):
    assert submit_twice_at_once(monkeypatch) == sorted(["done", ConflictError], key=str)
    assert (Request.objects.count(), Round.objects.count(), Stage.objects.count()) == (1, 1, 1)


def test_without_the_constraint_submitting_at_once_makes_two(monkeypatch):
    """Negative control: there is no row to lock before the first request, so only the constraint keeps them apart."""
    with without_index("approval_one_open_request"):
        assert submit_twice_at_once(monkeypatch) == ["done", "done"]
        assert Request.objects.count() == 2


CONTROLLED = ("sixteen_deciders_at_once", "one_person_clicking_twice", "withdrawing_and_approving")


@pytest.mark.skipif(settings.SKIP_LOCKS, reason="this is the run without locks")
def test_without_row_locks_these_tests_fail():
    """Negative control: the same tests in a process without locks; each must be named as failed."""
    environment = os.environ | {
        "KAM_TEST_SKIP_LOCKS": "1",
        "KAM_TEST_DB": f"{settings.DATABASES['default']['TEST']['NAME']}_control",
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n0",
        "-q",
        "-p",
        "no:randomly",
        "--create-db",
        str(Path(__file__)),
    ]
    run = subprocess.run(
        [*command, "-k", " or ".join(CONTROLLED)],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert f"{len(CONTROLLED)} failed" in run.stdout, run.stdout[-3000:]
