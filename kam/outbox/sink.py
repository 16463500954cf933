"""The laptop's mail server: takes every mail and puts it into a folder, sends nothing on."""

import os
import time
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
        half.write_bytes(bytes(envelope.content or b""))
        half.rename(self.folder / f"{name}.eml")
        return "250 taken"
