"""What deciders see, frozen in every language of the house: each reader gets the words of the moment in their own language.

A snapshot is plain JSON. A text that differs between languages is kept as {"@": {"en": …, "zh-hans": …, "zh-hant": …}}, all else as it
is; rows of before, in one language only, read as they stand.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from kam.approvals.registry import Subject

MARK = "@"


def frozen(subject: Subject, obj: Any) -> Any:
    """Return the snapshot of `obj` in all languages, as JSON keeps it."""
    told = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            told[language] = plain(dict(subject.snapshot(obj)))
    return merge(told)


def merge(told: Mapping[str, Any]) -> Any:
    """Return one value for the same value in several languages: itself where they agree, else what each says."""
    values = list(told.values())
    first = values[0]
    if all(value == first for value in values):
        return first
    if all(isinstance(value, dict) and value.keys() == first.keys() for value in values):
        return {key: merge({name: value[key] for name, value in told.items()}) for key in first}
    if all(isinstance(value, list) and len(value) == len(first) for value in values):
        return [merge({name: value[n] for name, value in told.items()}) for n in range(len(first))]
    return {MARK: dict(told)}


def spoken(content: Any, language: str | None = None) -> Any:
    """Return a snapshot with each text in `language` (the reader's by default), English where it was never said in it."""
    if isinstance(content, list):
        return [spoken(part, language) for part in content]
    if not isinstance(content, dict):
        return content
    if content.keys() == {MARK}:
        said = content[MARK]
        return said.get(language or translation.get_language(), said.get("en"))
    return {key: spoken(value, language) for key, value in content.items()}


def plain(content: Any) -> Any:
    """Return `content` as JSON keeps it: text for amounts and dates, lists for tuples."""
    if content is None or isinstance(content, bool | int | str):
        return content
    if isinstance(content, dict):
        return {str(key): plain(value) for key, value in content.items()}
    if isinstance(content, list | tuple | set | frozenset):
        return [plain(value) for value in content]
    if isinstance(content, date | datetime):
        return content.isoformat()
    return str(content)
