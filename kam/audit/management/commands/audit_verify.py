"""`manage.py audit_verify [--json]`: walks the audit chain; exit 1 and the first bad place when something was changed."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kam.audit.verify import verify_chain


class Command(BaseCommand):
    help = "Verify the audit chain: every entry, every link, personal values, and the heads kept outside the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        verdict = verify_chain()
        if options["json"]:
            self.stdout.write(json.dumps(verdict.as_json()))
        else:
            self.stdout.write(f"{verdict.checked} entries checked: {'whole' if verdict.ok else 'NOT WHOLE'}")
        if verdict.ok:
            return
        self.stderr.write(
            f"First bad place: {verdict.first_bad}. Somebody changed the audit around the application. Keep the database as it is,"
            " compare with the newest backup, and tell the director."
        )
        raise SystemExit(1)
