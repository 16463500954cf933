"""`manage.py demo`: load the demo department once."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kam.demo import services
from kam.demo.story import Size


class Command(BaseCommand):
    help = "Load the demo department: people, units, visits, approvals. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=[size.value for size in Size], default=Size.DEPARTMENT.value)
        parser.add_argument("--seed", type=int, default=2008, help="the same seed tells the same story")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        loaded: list[str] = []
        already: list[str] = []
        for played in services.load(size=Size(options["size"]), seed=options["seed"]):
            (loaded if played.loaded else already).append(played.name)
            if not options["json"]:
                self.stdout.write(f"{'loaded ' if played.loaded else 'already'}  {played.name}")
        if options["json"]:
            self.stdout.write(json.dumps({"loaded": loaded, "already": already}))
