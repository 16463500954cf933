"""The Jinja2 environment: big tables only; pages and forms are Django templates."""

from typing import Any

from jinja2 import Environment


def environment(**options: Any) -> Environment:
    """Return the environment with autoescape on, as Django's Jinja2 backend asks for it."""
    options["autoescape"] = True
    return Environment(**options)  # noqa: S701 -- autoescape is set on the line above
