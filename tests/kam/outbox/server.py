"""A mail server for tests, with faults to order."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller

logging.getLogger("mail.log").setLevel(logging.WARNING)


def free_port() -> int:
    """Return a free port below the range that the system gives out by itself."""
    for port in range(21000, 32000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) and _can_bind(port):
                return port
    raise RuntimeError("no free port")


def _can_bind(port):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


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
    handler, port = Handler(**faults), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    try:
        yield handler
    finally:
        controller.stop()
