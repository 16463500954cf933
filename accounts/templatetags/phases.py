"""Tags of the board of phases."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

#: The norm stands in the middle of a bar: what is right of it is late.
_MIDDLE, _FULL = 50, 100


@register.simple_tag
def board_address(asked: Any, **other: Any) -> str:
    """`{% board_address asked tier="A" %}`: the query of the same board with something changed."""
    return str(asked.address(**{name: str(value) for name, value in other.items()}))


@register.simple_tag
def phase_bar(days: int, norm: int) -> SafeString:
    """`{% phase_bar 12 30 %}`: how long a unit stays, the norm as a mark in the middle; the days stand beside it in words."""
    share = min(round(days * _MIDDLE / norm, 1), _FULL) if norm else _FULL
    return format_html(
        '<svg class="k-bar" aria-hidden="true"><rect class="{}" width="{}%" height="100%"/>'
        '<rect class="mark" x="50%" width="2" height="100%"/></svg>',
        "vw" if days > norm else "v1",
        share,
    )
