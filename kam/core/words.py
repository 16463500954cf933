"""Texts that are made when somebody reads them, in that person's language."""

from collections.abc import Callable

from django.utils.functional import lazy


def later(say: Callable[[], str]) -> str:
    """Return a text that `say` makes anew each time it is read, as gettext_lazy does for a single string."""
    return lazy(say, str)()
