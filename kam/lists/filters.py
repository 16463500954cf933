"""Filters by several values of a row's own column."""

from typing import Any

import django_filters
from django.db.models import QuerySet


def _one_of(rows: QuerySet[Any], field: str, values: Any) -> QuerySet[Any]:
    chosen = list(values or ())
    return rows.filter(**{f"{field}__in": chosen}) if chosen else rows


class OneOf(django_filters.MultipleChoiceFilter):  # type: ignore[misc]  # django-filter ships no types
    """Rows whose column has one of the chosen values. No join, hence no DISTINCT: that would sort whole rows before the first page."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Return the rows with one of these values, all rows where none was chosen."""
        return _one_of(qs, self.field_name, value)

    def condition(self, value: Any) -> tuple[str, tuple[str, ...]] | None:
        """Return the same as a value: which column has one of which words; None where a method of the set says what is meant.

        There are few such values, so a statement is kept for each (ADR 0015).
        """
        return None if self.method else (self.field_name, tuple(sorted(value)))


class OneOfRows(django_filters.ModelMultipleChoiceFilter):  # type: ignore[misc]  # django-filter ships no types
    """Rows that point at one of the chosen ones; see `OneOf`."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Return the rows that point at one of these, all rows where none was chosen."""
        return _one_of(qs, self.field_name, value)
