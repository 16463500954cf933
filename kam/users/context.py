"""What every page's frame shows."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return nothing for strangers; the frame's own queries are lazy and live in its fragments."""
    del request
    return {}
