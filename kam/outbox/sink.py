"""The laptop's mail server: takes every mail and puts it into a folder, sends nothing on."""

import email
import os
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings


def sink_folder() -> Path:
    """Return the folder of the taken mails."""
    return Path(settings.VAR_DIR) / "mail"


class FolderHandler:
    """Writes each mail as one .eml file; the file is there, whole, before the client is told "250"."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        del server, session
        name = f"{time.time_ns()}-{os.getpid()}"
        half = self.folder / f".{name}.part"
        half.write_bytes(envelope.original_content or b"")
        half.rename(self.folder / f"{name}.eml")
        return "250 taken"


_NAME = re.compile(r"(\d{10,20})-\d+\.eml")


@dataclass(frozen=True, slots=True)
class TakenMail:
    """One mail of the sink."""

    name: str
    at: datetime
    message: EmailMessage

    @property
    def text(self) -> str:
        """Return the plain part."""
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part is not None else ""

    @property
    def html(self) -> str:
        """Return the HTML part; "" when the mail has none. Its links open beside the page that shows it."""
        part = self.message.get_body(("html",))
        if part is None:
            return ""
        page = str(part.get_content())
        head = page.find("<head>")
        at = head + len("<head>") if head >= 0 else 0
        return f'{page[:at]}<base target="_blank">{page[at:]}'

    @property
    def attachments(self) -> list[str]:
        """Return the names of the attachments."""
        return [part.get_filename() or "" for part in self.message.iter_attachments()]

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


def newest_mails(count: int) -> list[TakenMail]:
    """Return the mails taken last, newest first."""
    names = sorted((path.name for path in sink_folder().glob("*.eml")), reverse=True)
    return [mail for name in names[:count] if (mail := mail_named(name)) is not None]


def mail_named(name: str) -> TakenMail | None:
    """Return one mail; None for a name that the sink never gave."""
    match = _NAME.fullmatch(name)
    path = sink_folder() / name
    if match is None or not path.is_file():
        return None
    at = datetime.fromtimestamp(int(match[1]) / 1e9, tz=UTC)
    return TakenMail(name, at, email.message_from_bytes(path.read_bytes(), policy=policy.default))
