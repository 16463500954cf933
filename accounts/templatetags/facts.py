"""The lines of a unit's record: fifty on a page, so they are drawn by Jinja2 with words said once."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.units.selectors import Fact
from kam.core.templatetags.components import day

register = template.Library()
Row = tuple[str, Any, str]


@register.simple_tag(takes_context=True)
def fact_rows(context: template.Context, facts: Sequence[Fact] | Fact) -> SafeString:
    """`{% fact_rows group.facts %}`: what is known, its history in an arrow, its source; links where it may be edited. One fact alone is a line too."""
    lines = [
        {
            "key": str(fact.field),
            "label": str(fact.label),
            "text": fact.text,
            "rose": fact.rose,
            "old": _("from %(old)s") % {"old": fact.before} if fact.rose is not None else "",
            "source": fact.source,
            "source_url": fact.source_url,
            "day": day(fact.learned_on),
        }
        for fact in ([facts] if isinstance(facts, Fact) else facts)
    ]
    return _draw(context, lines)


@register.simple_tag(takes_context=True)
def identity_rows(context: template.Context, rows: Sequence[Row] | Row) -> SafeString:
    """`{% identity_rows identity %}`: name, address, telephone, … in the same lines, without history."""
    found = [rows] if isinstance(rows, tuple) else rows
    return _draw(
        context, [{"key": name, "label": capfirst(str(label)), "text": text} for name, label, text in found]
    )


def _draw(context: template.Context, lines: list[dict[str, Any]]) -> SafeString:
    shown = {
        "lines": lines,
        "edit": _edit_words(get_language() or "en") if context.get("can_edit") else "",
        "path": f"/accounts/{context['unit'].pk}/values/",
    }
    html = get_template("accounts/units/_lines.html", using="jinja2").render(shown)
    return mark_safe(html)  # noqa: S308 -- Jinja2 escaped every value


@cache
def _edit_words(language: str) -> str:
    del language  # the key: gettext reads the active one
    return _("Edit %(label)s")


@register.filter
def figure(value: Decimal | None) -> str:
    """`{{ line.seen|figure }}`: a figure grouped by three, without zeros that say nothing; "" for none."""
    return "" if value is None else f"{value.normalize():,f}"
