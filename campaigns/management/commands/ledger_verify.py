"""`manage.py ledger_verify [--json]`: adds up every entry of the budgets again; exit 1 and the first bad place when something differs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from campaigns.budgets.selectors import verify_ledger


class Command(BaseCommand):
    help = "Verify the ledger of the budgets: every entry, every reservation, every balance, the money of approved lines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        verdict = verify_ledger()
        if options["json"]:
            self.stdout.write(json.dumps(verdict.as_json()))
        else:
            self.stdout.write(f"{verdict.checked} entries checked: {'whole' if verdict.ok else 'NOT WHOLE'}")
        if verdict.ok:
            return
        self.stderr.write(
            f"First bad place: {verdict.first_bad}. Keep the database as it is and tell the director."
        )
        raise SystemExit(1)
