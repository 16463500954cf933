"""manage.py smtp_sink: a mail server that keeps every mail in a folder, for laptops and tests."""

import asyncio
import logging
import signal
from argparse import ArgumentParser
from pathlib import Path

from aiosmtpd.smtp import SMTP
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kam.outbox.sink import FolderHandler, sink_folder

BIGGEST_MAIL = 30 * 1024 * 1024


class Command(BaseCommand):
    help = "Take every mail on a local port and write it into var/mail; nothing is sent on."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=2525)
        parser.add_argument("--dir", default="", help="folder for the .eml files (var/mail)")

    def handle(self, *args: object, **options: object) -> None:
        if not settings.LAPTOP:
            raise CommandError("smtp_sink swallows mail; it runs only with KAM_LAPTOP=1.")
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        folder = Path(str(options["dir"])) if options["dir"] else sink_folder()
        asyncio.run(self._serve(str(options["host"]), int(str(options["port"])), folder))

    async def _serve(self, host: str, port: int, folder: Path) -> None:
        loop, handler, stop = asyncio.get_running_loop(), FolderHandler(folder), asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        try:
            server = await loop.create_server(
                lambda: SMTP(handler, data_size_limit=BIGGEST_MAIL, enable_SMTPUTF8=True), host, port
            )
        except OSError as error:
            raise CommandError(f"port {port} is not free: {error}. Choose another with --port.") from error
        self.stdout.write(f"taking mail on {host}:{port} into {folder}")
        await stop.wait()
        server.close()
        await server.wait_closed()
