#!/usr/bin/env python3
"""Run KAM's commands: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kam.settings")
    if sys.argv[1:2] == ["up"]:
        from kam.ops.up import main as up  # noqa: PLC0415 -- the supervisor runs before Django has a database

        sys.exit(up())
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- settings module first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
