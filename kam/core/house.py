"""Words that are kept in rows are written once, in the language of the house; what is drawn is in the reader's."""

from contextlib import AbstractContextManager

from django.utils import translation

HOUSE_LANGUAGE = "zh-hans"


def house_words() -> AbstractContextManager[None]:
    """Write translated texts in the language of the house, whoever writes them."""
    return translation.override(HOUSE_LANGUAGE)
