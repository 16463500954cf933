"""`manage.py backup`: one file that restores everything."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kam.ops.backup import BackupError, make_backup


class Command(BaseCommand):
    help = (
        "Writes database and uploads into one file below var/backups/ (or --to FOLDER) and prints its path."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.VAR_DIR / "backups")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            self.stdout.write(str(make_backup(options["to"])))
        except BackupError as error:
            raise CommandError(str(error)) from error
