"""Django's own tags of i18n; the words of a `{% translate %}` that never change are looked up once a language, not once a request.

Templates load it as `i18n` (see TEMPLATES in kam/settings.py).
"""

from gettext import NullTranslations

from django import template
from django.conf import settings
from django.template.base import Parser, Token, Variable
from django.templatetags import i18n
from django.utils.translation.trans_real import DjangoTranslation, catalog

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class _Words(template.Node):
    """What a `{% translate "Save" %}` says, kept by catalogue; it stands in the template, so there are no more than that.

    Not by language: a language that is given another catalogue (tests do) says other words.
    """

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self._node, self._asvar = node, node.asvar
        node.asvar = None
        self._said: dict[NullTranslations, str] = {}

    def render(self, context: template.Context) -> str:
        catalogue: NullTranslations = catalog()
        said = self._said.get(catalogue)
        if said is None:
            said = self._node.render(context)
            # With DEBUG a catalogue is read again when it changes; without any language each moment has one of its own.
            if isinstance(catalogue, DjangoTranslation) and not settings.DEBUG:
                self._said[catalogue] = said
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
