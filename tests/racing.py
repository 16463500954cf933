"""Two real connections at once: acts in threads, and a place inside the critical section where they meet if nothing keeps them apart."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act in a thread and connection of its own; return what each answered, an exception by its class."""
    answers: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(index: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=5)
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
