"""Asks `manage.py quote` for the worked example, changed by what is told."""

import json
from io import StringIO
from typing import Any

from django.core.management import call_command

EXAMPLE = {
    "--campaign": "housing-2008",
    "--channel": "chamber",
    "--unit-price": "3400",
    "--area": "130",
    "--sets": "9",
}


def quote(*asked: str, stdout: StringIO | None = None, stderr: StringIO | None = None, as_json=True) -> Any:
    """Return the answer; the last of two same options counts."""
    told = stdout or StringIO()
    options = [f"{name}={value}" for name, value in EXAMPLE.items()]
    rest = ["--json"] if as_json else []
    pairs = iter(asked)
    options.extend(name if name == "--certificate" else f"{name}={next(pairs)}" for name in pairs)
    call_command("quote", *options, *rest, stdout=told, stderr=stderr or StringIO())
    return json.loads(told.getvalue()) if as_json else None
