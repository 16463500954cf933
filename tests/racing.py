"""Two real connections at once: acts in threads, and a place inside the critical section where they meet if nothing keeps them apart."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.management import call_command
from django.db import connection


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act in a thread and connection of its own; return what each answered, an exception by its class."""
    answers: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(index: int, act: Callable[[], Any]) -> None:
        try:
            with (
                connection.cursor() as cursor
            ):  # who wins is shown, not how busy the machine is: nobody gives up waiting
                cursor.execute("set lock_timeout = '20s'")
            gate.wait(timeout=20)
            answers[index] = act()
        except Exception as error:  # noqa: BLE001 -- the test compares it
            answers[index] = type(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def meeting(act: Callable[..., Any]) -> Callable[..., Any]:
    """Return `act` with a meeting point before it: both threads get there only when no lock keeps the second one out."""
    barrier = threading.Barrier(2)

    def met(*args: Any, **kwargs: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=1.5)
        return act(*args, **kwargs)

    return met


@contextmanager
def without_index(name: str) -> Iterator[None]:
    """Take a unique index away and put it back; rows that broke it meanwhile must be gone before, so all tables are emptied."""
    with connection.cursor() as cursor:
        cursor.execute("select indexdef from pg_indexes where indexname = %s", [name])
        (definition,) = cursor.fetchone()
        cursor.execute(f'drop index "{name}"')
    with _put_back(definition):
        yield


@contextmanager
def without_constraint(table: str, name: str) -> Iterator[None]:
    """Take a constraint away and put it back, like `without_index`."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_constraintdef(oid) from pg_constraint where conname = %s", [name])
        (definition,) = cursor.fetchone()
        cursor.execute(f'alter table {table} drop constraint "{name}"')
    with _put_back(f'alter table {table} add constraint "{name}" {definition}'):
        yield


@contextmanager
def _put_back(statement: str) -> Iterator[None]:
    try:
        yield
    finally:
        call_command(
            "flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True
        )
        with connection.cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def busy_with(statement: str, values: list[Any]) -> Iterator[None]:
    """Let somebody else hold what `statement` locks, and give up waiting for it after a fifth of a second."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as held:
            held.execute(statement, values)
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '200ms'")
        yield
    finally:
        other.rollback()  # closing alone lets go when the server has noticed
        other.close()
        with connection.cursor() as cursor:
            cursor.execute("reset lock_timeout")
