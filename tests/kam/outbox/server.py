"""A mail server for tests, with faults to order."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller

logging.getLogger("mail.log").setLevel(logging.WARNING)
PATIENCE_SECONDS = 60


class Door(Controller):
    """A mail server behind a socket that is bound from the start: nobody else gets its port, and until `start()` it refuses."""

    def __init__(self, handler):
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        super().__init__(
            handler, hostname="127.0.0.1", port=self.socket.getsockname()[1], ready_timeout=PATIENCE_SECONDS
        )

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self.socket)

    def close(self):
        """Stop what was started, and leave neither socket nor loop for the next test to trip over."""
        if self._thread is not None:
            self.stop()
        self.socket.close()
        self.loop.close()


@contextmanager
def closed_door() -> Iterator[int]:
    """Yield the number of a port that refuses everybody."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


class Handler:
    """Takes mails into `taken`; `rcpt`, `data` are answers to give instead; `hang_up` breaks the line after the mail was taken."""

    def __init__(self, *, rcpt="", data="", hang_up=False):
        self.taken, self.rcpt, self.data, self.hang_up = [], rcpt, data, hang_up

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        if self.data:
            return self.data
        self.taken.append(envelope)
        if self.hang_up:
            server.transport.abort()
        return "250 taken"


@contextmanager
def mail_server(settings, **faults) -> Iterator[Handler]:
    """Run a mail server and point the settings at it."""
    handler = Handler(**faults)
    door = Door(handler)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", door.port
    try:
        door.start()
        yield handler
    finally:
        door.close()
