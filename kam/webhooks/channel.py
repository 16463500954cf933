"""One POST to another program: no redirect is followed, and the address asked is the one that was looked at."""

import socket
import ssl
from http.client import HTTPConnection, HTTPException
from typing import Any

from django.conf import settings

from kam.webhooks.rules import AddressFault, Target, is_outside, target_of
from kam.webhooks.terms import PATIENCE_SECONDS


class NotTakenError(Exception):
    """The event did not arrive; the text says why."""


def send(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Return the status of the answer; NotTakenError where there is none, or the address leads inside the house."""
    target = target_of(url, may_be_plain=settings.LAPTOP)
    if isinstance(target, AddressFault):
        raise NotTakenError(f"the address is not used: {target}")
    connection = _Connection(target, _place_of(target))
    try:
        connection.request("POST", target.path, body, headers)
        return connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise NotTakenError(f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        connection.close()


def _place_of(target: Target) -> tuple[Any, ...]:
    """Return the socket address of a host; one name that leads inside among several refuses them all."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotTakenError(f"the name is not known: {target.host}"[:300]) from error
    places = [entry[4] for entry in found]
    if not settings.LAPTOP and not all(is_outside(str(place[0])) for place in places):
        raise NotTakenError(f"the address is not used: {AddressFault.INSIDE}")
    return places[0]


class _Connection(HTTPConnection):
    """Connects to a place that was looked up before, so that the name cannot lead elsewhere meanwhile."""

    def __init__(self, target: Target, place: tuple[Any, ...]) -> None:
        super().__init__(target.host, target.port, timeout=PATIENCE_SECONDS)
        self._target, self._place = target, place

    def connect(self) -> None:
        self.sock = socket.create_connection(self._place[:2], self.timeout)
        if self._target.is_tls:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._target.host)
