"""`manage.py import_units FILE [--dry-run] [--json] [--by USER]`: units from a spreadsheet, see docs/domain/import.md."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.imports import services
from accounts.imports.labels import UNREADABLE_LABELS
from accounts.imports.permissions import can_import_units
from accounts.imports.rules.sheets import UnreadableFileError
from accounts.imports.selectors import (
    Importer,
    column_heads,
    heads_of,
    people_for,
    read_header,
    report_as_json,
)
from kam.audit.context import system
from kam.users.models import User

WRONG_USE, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = "Import units from XLSX or CSV. Rows with errors are left out and listed; a second run adds nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--json", action="store_true", help="report as JSON")
        parser.add_argument(
            "--by", metavar="USER", help="staff number of the person whose rights count (default: the system)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        by = self._person(options)
        path: Path = options["file"]
        try:
            with path.open("rb") as file, system("accounts.import_units"):
                header, _samples = read_header(file)
                heads = column_heads(header, heads_of(header, None))
                act = services.check_units if options["dry_run"] else services.write_units
                report = act(file, Importer(by=by, people=people_for(by)))
        except UnreadableFileError as error:
            self._fail(str(UNREADABLE_LABELS[error.code]), UNREADABLE, as_json=options["json"])
        except OSError:
            self._fail(str(UNREADABLE_LABELS["not_found"]), UNREADABLE, as_json=options["json"])
        told = report_as_json(report, heads)
        self._print(told, options)

    def _person(self, options: dict[str, Any]) -> User | None:
        if not options["by"]:
            return None
        user = User.objects.working().filter(staff_number=options["by"]).first()
        if user is None or not can_import_units(user):
            reason = "nobody has this staff number" if user is None else "this person may not import units"
            self._fail(f"--by {options['by']}: {reason}", WRONG_USE, as_json=options["json"])
        return user

    def _fail(self, message: str, code: int, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": message}, ensure_ascii=False))
        self.stderr.write(message)
        sys.exit(code)

    def _print(self, told: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for name in ("rows", "created", "updated", "unchanged"):
            self.stdout.write(f"{name:<11}{told[name]}")
        self.stdout.write(f"{'duplicates':<11}{len(told['duplicates'])}\n{'hints':<11}{len(told['hints'])}")
        self.stdout.write(f"{'errors':<11}{len(told['errors'])}")
        for row in told["duplicates"]:
            self.stdout.write(f"row {row['row']}: duplicate of {row['of']}")
        for row in told["errors"]:
            self.stdout.write(f"row {row['row']}: {row['column']}: {row['message']}")
        if told["errors"]:
            self.stderr.write(
                "Mend these rows in the file and import it again; the other rows stay as they are."
            )
        if options["dry_run"]:
            self.stderr.write("Nothing was written. Run it without --dry-run to write.")
