"""`manage.py load_routes`: writes the default approval routes that are missing; safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand

from kam.approvals.routes import load_default_routes


class Command(BaseCommand):
    help = "Write version 1 of every default approval route that does not exist yet."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{load_default_routes()} routes written")
