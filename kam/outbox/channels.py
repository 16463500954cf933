"""Speaking SMTP in steps, because one question matters: had the server got the whole mail when it failed?"""

import smtplib
import ssl
from email.utils import parseaddr
from types import TracebackType
from typing import Any, Protocol, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
GO_AHEAD, DONE = 354, 250
PERMANENT = 500


class NotSentError(Exception):
    """The server has not taken the mail. `permanent`: it never will. `server_away`: no use trying others now."""

    def __init__(self, reason: str, *, permanent: bool = False, server_away: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.server_away = server_away


class UnsureError(Exception):
    """The line broke after the mail was on its way: the server may have taken it or not."""


class Channel(Protocol):
    """What delivery needs: something that takes one mail at a time."""

    def send(self, mail: EmailMessage) -> None: ...
    def close(self) -> None: ...


class SmtpChannel:
    """One connection to the mail server, opened with the first mail, 10 s patience at each step."""

    def __init__(self) -> None:
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, mail: EmailMessage) -> None:
        """Hand one mail to the server; raises NotSentError or UnsureError."""
        # Built first: a header that cannot be must not cost a connection.
        whole: Any = mail.message()  # Django's as_bytes knows `linesep`, the stubs do not
        body: bytes = whole.as_bytes(linesep="\r\n")
        server = self._connected()
        try:
            self._envelope(server, mail)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise NotSentError(f"{type(error).__name__}: {error}", server_away=True) from error
        self._body(server, body)

    def close(self) -> None:
        """Say goodbye; a server that does not answer is left."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            try:
                self._server = _dial()
            except (OSError, smtplib.SMTPException) as error:
                raise NotSentError(f"{type(error).__name__}: {error}", server_away=True) from error
        return self._server

    def _envelope(self, server: smtplib.SMTP, mail: EmailMessage) -> None:
        sender = parseaddr(mail.from_email)[1]
        _accept(server, server.mail(sender))
        for address in mail.recipients():
            _accept(server, server.rcpt(address))
        server.putcmd("data")
        code, answer = server.getreply()
        if code != GO_AHEAD:
            _accept(server, (code, answer))

    def _body(self, server: smtplib.SMTP, body: bytes) -> None:
        quoted = b"".join(b"." + line if line.startswith(b".") else line for line in body.splitlines(True))
        end = b".\r\n" if quoted.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            server.send(quoted + end)
            code, answer = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise UnsureError(f"{type(error).__name__}: {error}") from error
        if code != DONE:
            _accept(server, (code, answer))


class BackendChannel:
    """Any other Django mail backend (console, tests): it says at once whether it took the mail."""

    def send(self, mail: EmailMessage) -> None:
        """Hand one mail to the backend."""
        mail.message()
        mail.connection = get_connection()
        mail.send()

    def close(self) -> None:
        """Nothing to close: the backend closes after each mail."""


def open_channel() -> Channel:
    """Return the channel that the settings ask for."""
    return SmtpChannel() if settings.EMAIL_BACKEND == SMTP_BACKEND else BackendChannel()


def _dial() -> smtplib.SMTP:
    host, port, timeout = settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT
    if settings.EMAIL_USE_SSL:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=timeout, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, port, timeout=timeout)
    server.ehlo_or_helo_if_needed()
    if settings.EMAIL_USE_TLS:
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    if settings.EMAIL_HOST_USER:
        server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    return server


def _accept(server: smtplib.SMTP, reply: tuple[int, bytes]) -> None:
    """Raise NotSentError unless the reply is a yes; the connection is made ready for the next mail."""
    code, answer = reply
    if DONE <= code < DONE + 2:
        return
    server.rset()
    raise NotSentError(f"{code} {answer.decode(errors='replace')}"[:500], permanent=code >= PERMANENT)
