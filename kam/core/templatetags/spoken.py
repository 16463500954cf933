"""Django's own tags of i18n; the words of a `{% translate %}` that never change are looked up once a language, not once a request.

Templates load it as `i18n` (see TEMPLATES in kam/settings.py).
"""

from django import template
from django.conf import settings
from django.template.base import Parser, Token, Variable
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class _Words(template.Node):
    """What a `{% translate "Save" %}` says, kept by language; it stands in the template, so there are no more than that."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self._node, self._asvar = node, node.asvar
        node.asvar = None
        self._said: dict[str | None, str] = {}

    def render(self, context: template.Context) -> str:
        language = get_language()
        said = self._said.get(language)
        if said is None:
            said = self._node.render(context)
            if not settings.DEBUG:  # there a catalogue is read again when it changes
                self._said[language] = said
        if self._asvar is None:
            return said
        context[self._asvar] = said
        return ""


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> template.Node:
    """`{% translate "Save" %}`, `{% translate "Save" as word %}`, with or without `context`: as Django's, quicker for a literal."""
    node = i18n.do_translate(parser, token)
    said = node.filter_expression
    is_literal = isinstance(said.var, Variable) and isinstance(said.var.literal, str) and not said.filters
    return _Words(node) if is_literal and not node.message_context else node
