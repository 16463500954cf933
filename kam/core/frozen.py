"""Parts of the frame that are the same on every page of a person: drawn once per language, position, theme and menu, then kept.

What differs from request to request (token, address, name) stands in the kept text as a mark and is put in place each time.
`{% frozen "components/_rail.html" %}` draws such a part; it may read `frame` and `csrf_token`, and nothing else of the context.
`{% frozen "lists/_tools.html" told %}` may read more, if `told` names all of it: one text is kept for each; without `told` none is.
"""

from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

#: Languages × positions × themes × rooms × parts stay far below this; menus that change with rights could make more.
MOST = 2_000
#: What differs: key of `frame` → its mark. Letters only, so that nothing escapes them.
_MARKED = ("path", "user_name", "user_initials", "user_pk", "drafts_key")
_MARKS = {key: f"zq{key.replace('_', '')}qz" for key in _MARKED}
_TOKEN = "zqtokenqz"  # noqa: S105 -- the mark of one

_kept: dict[tuple[Any, ...], str] = {}


def frozen_part(context: Context, name: str, told: tuple[Any, ...] | None = ()) -> SafeString:
    """Return the part `name` for this request; `told` is what it reads besides, None where that has no end."""
    frame = context.get("frame")
    if (
        frame is None or told is None or _holds_a_mark(told)
    ):  # an error page without its context, or words of somebody
        return _template(context, name).render(context)
    key = (name, get_language(), *_frame_key(frame), *told)
    text = None if settings.DEBUG else _kept.get(key)
    if text is None:
        text = _draw(context, name)
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = text
    if _TOKEN in text:
        text = text.replace(_TOKEN, str(context.get("csrf_token", "")))
    for field, mark in _MARKS.items():
        if mark in text:
            text = text.replace(mark, conditional_escape(str(frame.get(field, ""))))
    return mark_safe(text)  # noqa: S308 -- a template drew it; the values put in are escaped


def _holds_a_mark(told: tuple[Any, ...]) -> bool:
    """Say whether somebody's words look like a mark, which would be replaced in them too."""
    words = str(told)
    return any(mark in words for mark in (_TOKEN, *_MARKS.values()))


def _frame_key(frame: dict[str, Any]) -> tuple[Any, ...]:
    """Return everything the parts show of `frame` and that is no mark."""
    current = frame.get("current")
    return (
        frame["theme"],
        frame["density"],
        frame["has_search"],
        frame.get("signed_in", False),
        frame.get("has_bell", False),
        frame.get("position", ""),
        frame.get("log_visit", ""),
        current["key"] if current else "",
        tuple(place["path"] for place in frame.get("places", ())),
        tuple(entry["path"] for entry in frame.get("menu", ())),
    )


def _draw(context: Context, name: str) -> str:
    with context.push(frame=context["frame"] | _MARKS, csrf_token=_TOKEN):
        return str(_template(context, name).render(context))


def _template(context: Context, name: str) -> Template:
    holder = context.template
    engine = holder.engine if holder is not None else Engine.get_default()
    return engine.get_template(name)
