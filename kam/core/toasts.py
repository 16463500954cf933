"""The line at the bottom that says what was done, with a way back: undo rather than "are you sure?"."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from kam.core.htmx import trigger


def toast(request: HttpRequest, text: Any, *, undo: str = "", level: int = messages.SUCCESS) -> None:
    """Show `text` on the next whole page; `undo` is an address that takes the act back by POST."""
    messages.add_message(request, level, str(text), extra_tags=f"undo={undo}" if undo else "")


def toast_fragment(response: HttpResponse, text: Any, *, undo: str = "") -> HttpResponse:
    """The same for an answer to htmx: the toast comes with the fragment."""
    return trigger(response, "kam:toast", {"text": str(text), "undo": undo})
