"""Icons of @tabler/icons, inlined: no request, no sprite, and the colour of the text around them."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_FOLDER = "@tabler/icons/icons/outline"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SHELL = re.compile(
    r"^.*?<svg.*?>|</svg>.*$|<path stroke=\"none\" d=\"M0 0h24v24H0z\" fill=\"none\" />", re.DOTALL
)


@cache
def icon(name: str, size: str = "") -> SafeString:
    """Return the SVG of the outline icon `name`; `size` is "" (18 px) or "s" (15 px). Decorative: the words stand beside it.

    Raises LookupError for a name that @tabler/icons does not have, so that a typo fails in the first test.
    """
    if not _NAME.fullmatch(name):
        raise LookupError(f"no icon is called {name!r}")
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round"'
        ' stroke-linejoin="round" aria-hidden="true">{}</svg>',
        "ico ico-s" if size == "s" else "ico",
        mark_safe(_drawing(name)),  # noqa: S308 -- a file of a package pinned by the lock, named by our templates
    )


def _drawing(name: str) -> str:
    folder = Path(settings.NODE_MODULES) / _FOLDER
    if not folder.is_dir():
        return ""  # npm ci has not run: `doctor` says so; the words beside every icon are enough meanwhile
    try:
        text = (folder / f"{name}.svg").read_text()
    except FileNotFoundError as error:
        raise LookupError(f"no icon is called {name!r}") from error
    return " ".join(_SHELL.sub("", text).split())
