"""`manage.py create_user`: make a person from the command line, e.g. the first administrator."""

import getpass
import json
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from kam.audit.context import system
from kam.core.errors import BusinessError
from kam.people.services.users import create_user, invite
from kam.users.terms import Position


class Command(BaseCommand):
    help = "Make a person who can sign in. The password is asked for, read from standard input, or set by an invitation mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("staff_number")
        parser.add_argument("name")
        parser.add_argument(
            "--position", choices=[p.value for p in Position], default=Position.ADMINISTRATOR.value
        )
        parser.add_argument("--email", default="")
        parser.add_argument("--invite", action="store_true", help="mail a link to set the password")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        password = None if options["invite"] else self._password()
        try:
            with system("create_user"):
                user = create_user(
                    staff_number=options["staff_number"],
                    name=options["name"],
                    position=Position(options["position"]),
                    by=None,
                    password=password,
                    email=options["email"],
                )
                if options["invite"]:
                    invite(user, by=None)
        except BusinessError as error:
            raise CommandError(str(error)) from error
        made = {"id": user.pk, "staff_number": user.staff_number, "position": user.position}
        self.stdout.write(json.dumps(made) if options["json"] else f"{user.staff_number} may sign in now.")

    def _password(self) -> str:
        typed = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            validate_password(typed)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return typed
