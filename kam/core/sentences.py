"""What work says about its run: one sentence with its numbers, kept in the row and read in each reader's language."""

import json
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext as _

#: A label that ends so is a question.
_ASKS = ("?", "？")


def sentence(text: str, **facts: str | int) -> str:
    """Return what the row keeps of `text` (marked by gettext_noop) and its facts."""
    return json.dumps([text, facts], ensure_ascii=False)


def lazy_sentence(text: str, **facts: str | int) -> Any:
    """Return `text` (marked by gettext_noop) with its facts, translated whenever it is drawn."""
    return said_when_drawn(lambda: _(text) % facts)


def said_when_drawn(say: Callable[..., str], *facts: Any) -> Promise:
    """Return what `say` says of these facts in the language of whoever draws it, not in that of whoever collects it for many."""
    return cast("Promise", lazy(lambda: str(say(*facts)), str)())


def read_sentence(kept: str) -> str:
    """Return a kept sentence in the reader's language; what is no sentence (a count, an error) as it stands."""
    try:
        text, facts = json.loads(kept)
        return str(_(text) % facts)
    except (ValueError, TypeError, KeyError):
        return kept


def listed(words: Iterable[object]) -> str:
    """Return words one after the other as the reader's language parts them: "a, b", "甲、乙"."""
    return gettext(", ").join(map(str, words))


def labelled(label: object, value: object) -> str:
    """Return a label and its value as the reader's language parts them: "a: b", "甲：乙"; a question needs no colon: "a? b", "甲？乙"."""
    if (asked := str(label)).endswith(_ASKS):
        return f"{asked}{' ' if asked.endswith('?') else ''}{value}"
    return pgettext("label and value", "%(label)s: %(value)s") % {"label": label, "value": value}


def parted(parts: Iterable[object]) -> str:
    """Return longer parts one after the other as the reader's language parts them: "a; b", "甲；乙"."""
    return (pgettext("two parts", "%(first)s; %(second)s") % {"first": "", "second": ""}).join(
        map(str, parts)
    )


def noted(words: object, note: object) -> str:
    """Return words with a note behind them as the reader's language sets it off: "a (b)", "甲（乙）"."""
    return gettext("%(words)s (%(note)s)") % {"words": words, "note": note}


def followed(first: object, then: object) -> str:
    """Return a sentence and the one after it: a blank stands between them where the reader's language has one."""
    return gettext("%(first)s %(then)s") % {"first": first, "then": then}
