"""`manage.py restore FILE`: puts a backup back and compares the row counts."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kam.ops.backup import BackupError, restore_backup


class Command(BaseCommand):
    help = "Replaces database and uploads by those of a backup; waiting mails are held back. Stop web, worker and scheduler first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            self.stdout.write(json.dumps(restore_backup(options["file"])))
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
