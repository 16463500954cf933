"""Small drawings that mean something: shape, colour *and* sign, so that none of them is needed alone."""

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

SHAPES = {
    "diamond": '<path class="shp" d="M16 2 30 16 16 30 2 16z"/>',
    "hexagon": '<path class="shp" d="M9.5 3.5h13L30 16l-7.5 12.5h-13L2 16z"/>',
    "square": '<rect class="shp" x="4" y="4" width="24" height="24" rx="3"/>',
    "circle": '<circle class="shp" cx="16" cy="16" r="13"/>',
    "pill": '<rect class="shp" x="3" y="8" width="26" height="16" rx="8"/>',
}
SIGNS = {"pos": "+", "neu": "=", "neg": "−", "unk": "?"}
_STAR = '<path class="ins" d="M26 0l2 4.2 4.6.6-3.4 3.2.9 4.6L26 10.4l-4.1 2.2.9-4.6-3.4-3.2 4.6-.6z"/>'


@lru_cache(maxsize=2048)
def glyph(
    shape: str,
    attitude: str,
    label: str,
    *,
    assumed: bool = False,
    is_open: bool = False,
    star: bool = False,
    size: str = "",
) -> SafeString:
    """Return a role glyph: `shape` of SHAPES, `attitude` pos, neu, neg or unk; `is_open` draws an empty seat; `size` s, l or "".

    `label` says all of it in words, for screen readers.
    """
    state = "open" if is_open else f"{attitude}{' assumed' if assumed else ''}"
    return format_html(
        '<svg class="k-role {} {}" viewBox="0 0 32 32" role="img" aria-label="{}">{}<text class="sg" x="16" y="20.8">{}</text>{}</svg>',
        size,
        state,
        label,
        mark_safe(SHAPES.get(shape, SHAPES["pill"])),  # noqa: S308 -- a constant above
        "!" if is_open else SIGNS.get(attitude, "?"),
        mark_safe(_STAR) if star else "",  # noqa: S308 -- a constant above
    )


@lru_cache(maxsize=2048)
def steps(done: int, total: int, label: str) -> SafeString:
    """Return a row of little boxes, `done` of them filled: phases, completeness."""
    boxes = ((("on" if number < done else "off"), number * 9) for number in range(total))
    return format_html(
        '<svg class="k-phase" viewBox="0 0 {} 8" role="img" aria-label="{}">{}</svg>',
        total * 9 - 1,
        label,
        format_html_join("", '<rect class="{}" x="{}" y="0" width="7.5" height="8" rx="1.5"/>', boxes),
    )
