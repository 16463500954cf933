"""`manage.py doctor`: is everything here that KAM needs?"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kam.ops.registry import all_checks


class Command(BaseCommand):
    help = "Checks configuration and environment; exit code 1 when something critical is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = [(check, check.run()) for check in all_checks()]
        wrong = [check.name for check, finding in found if not finding.ok and check.critical]
        if options["json"]:
            rows = {check.name: {"ok": finding.ok, "text": finding.text} for check, finding in found}
            self.stdout.write(json.dumps({"ok": not wrong, "checks": rows}, ensure_ascii=False))
        else:
            for check, finding in found:
                self.stdout.write(f"{'ok  ' if finding.ok else 'BAD '} {check.label}: {finding.text}")
        if wrong:
            raise CommandError("Mend these, then run doctor again: " + ", ".join(wrong))
