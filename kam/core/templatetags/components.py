"""Small parts that every template may use without loading them; docs/howto/components.md shows each."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.template import defaulttags
from django.template.base import TextNode
from django.template.library import SimpleNode
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from kam.core import glyphs, icons, sentences
from kam.core.capitals import SIMPLIFIED, TRADITIONAL, in_capitals
from kam.core.days import elapsed_words, say_day, say_kept_days, say_moment
from kam.core.frozen import frozen_part
from kam.core.house import read_house
from kam.core.links import address_of
from kam.core.names import initials_of

register = template.Library()

#: A word in quotes, without filters.
_LITERAL = re.compile(r"""'[^'"]*'|"[^'"]*\"""")
_SCRIPTS = {"zh-hans": SIMPLIFIED, "zh-hant": TRADITIONAL}
_BCP47 = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


class _Address(defaulttags.URLNode):
    """Django's own tag, which asks for the pattern of an address only once."""

    def render(self, context: template.Context) -> str:
        if not self.kwargs and self.asvar is None:
            values = [value.resolve(context) for value in self.args]
            address = address_of(self.view_name.resolve(context), values)
            if address is not None:
                return address
        return str(super().render(context))


@register.tag
def url(parser: template.base.Parser, token: template.base.Token) -> _Address:
    """`{% url "unit-tab" unit.pk "persons" %}`: as Django's, quicker."""
    node = defaulttags.url(parser, token)
    return _Address(node.view_name, node.args, node.kwargs, node.asvar)


@register.tag
def icon(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """`{% icon "flag" %}` or `{% icon "flag" "s" %}`: an outline icon of Tabler, decorative. One named by a literal is drawn with the template."""
    words = token.split_contents()[1:]
    if words and all(_LITERAL.fullmatch(word) for word in words):
        return TextNode(icons.icon(*(word[1:-1] for word in words)))
    return SimpleNode(icons.icon, False, [parser.compile_filter(word) for word in words], {}, None)


@register.simple_tag(takes_context=True)
def frozen(context: template.Context, name: str, told: tuple[Any, ...] | None = ()) -> SafeString:
    """`{% frozen "components/_rail.html" %}`: a part of the frame that is kept between requests; see kam/core/frozen.py."""
    return frozen_part(context, name, told)


@register.simple_tag
def html_lang() -> str:
    """Return the page's language as HTML wants it: en, zh-Hans, zh-Hant."""
    code = get_language() or "en"
    return _BCP47.get(code, code)


@register.simple_tag
def badge(state: str, label: Any) -> SafeString:
    """`{% badge "good" _("Approved") %}`: the state of a thing; states draft, pending, good, warn, danger."""
    return format_html('<span class="k-badge {}">{}</span>', state, label)


@register.simple_tag
def tier(letter: str) -> SafeString:
    """`{% tier unit.tier %}`: the tier in its square; nothing for a unit without one."""
    return (
        format_html('<span class="k-tier {}">{}</span>', letter.lower(), letter.upper())
        if letter
        else SafeString("")
    )


@register.simple_tag
def bar(value: float, limit: float, label: Any, mark: float | None = None) -> SafeString:
    """`{% bar 7 9 _("7 of 9 sets") %}`: a bar; `mark` draws the pace or limit. Widths are attributes, never styles."""
    share = _share(value, limit)
    pace = (
        format_html('<rect class="mark" x="{}%" y="0" width="2" height="8"/>', _share(mark, limit))
        if mark is not None
        else ""
    )
    return format_html(
        '<svg class="k-bar" role="img" aria-label="{}">'
        '<rect class="v1" width="{}%" height="8" rx="4"/>{}</svg>',
        label,
        share,
        pace,
    )


@register.simple_tag
def ring(value: int, limit: int, label: Any, word: Any = "", behind: bool = False) -> SafeString:
    """`{% ring 3 10 _("Visits this week") _("on pace") %}`: a quota ring; `behind` colours it and `word` says it."""
    length = 188.5
    return format_html(
        '<div class="k-ring {}"><svg viewBox="0 0 72 72" role="img" aria-label="{} {} / {}">'
        '<circle class="tr" cx="36" cy="36" r="30"/><circle class="vl" cx="36" cy="36" r="30"'
        ' stroke-dasharray="{} {}"/><text x="36" y="38">{}</text><text x="36" y="51" class="of">/ {}</text></svg>'
        "<b>{}</b><span>{}</span></div>",
        "behind" if behind else "",
        label,
        value,
        limit,
        round(length * _share(value, limit) / 100, 1),
        length,
        value,
        limit,
        label,
        word,
    )


@register.simple_tag
def glyph(shape: str, attitude: str, label: Any, **marks: Any) -> SafeString:
    """`{% glyph "diamond" "pos" _("Decides, supports") assumed=True star=True size="s" %}`: see kam/core/glyphs.py."""
    return glyphs.glyph(shape, attitude, str(label), **marks)


@register.simple_tag
def steps(done: int, total: int, label: Any) -> SafeString:
    """`{% steps 4 7 _("phase 4 of 7") %}`: little boxes, some filled."""
    return glyphs.steps(done, total, str(label))


def _share(value: float | None, limit: float) -> float:
    """Return how much of `limit` is `value`, in per cent of a bar: 0 … 100, one decimal."""
    if not limit or value is None:
        return 0
    return round(max(0.0, min(100.0, float(value) / float(limit) * 100)), 1)


@register.filter
def undo_url(message: Message) -> str:
    """Return the address that undoes what a message tells about, put there by `kam.core.toasts.toast`."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo=") for tag in tags if tag.startswith("undo=")), "")


@register.filter
def house(text: str) -> str:
    """Return what a row keeps in the words of the house as this reader says it."""
    return read_house(text)


@register.filter
def words(text: str) -> list[str]:
    """Return the words of a literal, to loop over in a template."""
    return text.split()


@register.filter
def initials(name: str) -> str:
    """Return what stands in a person's round."""
    return initials_of(name)


@register.filter
def listed(words: Iterable[object]) -> str:
    """`{{ names|listed }}`: one after the other, as the reader's language parts them."""
    return sentences.listed(words)


@register.filter
def parted(parts: Iterable[object]) -> str:
    """`{{ strengths|parted }}`: longer parts one after the other, as the reader's language parts them."""
    return sentences.parted(parts)


@register.filter
def noted(words: object, note: object) -> str:
    """`{{ role|noted:confidence }}`: "a (b)" or "甲（乙）"."""
    return sentences.noted(words, note)


@register.filter
def followed(first: object, then: object) -> str:
    """`{{ reason|followed:advice }}`: two sentences, parted as the reader's language parts them."""
    return sentences.followed(first, then)


@register.simple_tag
def colon(label: object = "") -> str:
    """`{{ label }}{% colon label %}{{ value }}`: what stands between them in the reader's language, ": " or "："; after a question no colon."""
    return sentences.labelled(label, "").removeprefix(str(label))


@register.simple_tag
def semicolon() -> str:
    """`{{ a }}{% semicolon %}{{ b }}`: what stands between two longer parts in the reader's language, "; " or "；" """
    return sentences.parted(("", ""))


@register.filter
def money(value: Decimal | None) -> str:
    """`{{ line.value_amount|money }}`: yuan with two decimals, grouped by three in every language as offices write sums; "" for none."""
    return "" if value is None else f"{value:,.2f}"


@register.filter
def capitals(value: Decimal | None) -> str:
    """`{{ claim.amount|capitals }}`: the sum in capitals (人民币壹万贰仟元整) in the script of a Chinese paper; "" in English and for none."""
    script = _SCRIPTS.get(get_language() or "")
    return "" if value is None or script is None else in_capitals(value, script)


@register.filter
def day(value: date | None) -> str:
    """`{{ task.due_on|day }}`: "12 Jun", "6月12日", with the year when it is not this one."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return say_day(value)


@register.filter(is_safe=True)
def dated(value: Any) -> Any:
    """`{{ notice.text|dated }}`: what a row keeps in words, its days ("2026-11-27") and months as the reader says them; a number stays."""
    return say_kept_days(value) if isinstance(value, str) else value


@register.filter
def moment(value: datetime | None) -> str:
    """`{{ line.at|moment }}`: the day and the time in the reader's zone."""
    return say_moment(value) if value else ""


@register.filter
def timesince(value: datetime | None) -> str:
    """`{{ request.pending_since|timesince }}`: "1 month 5 days", "1 个月 5 天"; Django's own says "1 月", which is January."""
    return elapsed_words(value, timezone.now()) if value else ""


@register.filter
def row_words(told: str) -> str:
    """`{{ row.of|row_words }}`: "row 18", as an import keeps it, in the reader's language; anything else as it stands."""
    word, _gap, number = str(told).partition(" ")
    return gettext("row %(n)s") % {"n": number} if word == "row" and number.isdigit() else str(told)
