"""Ways of grouping rows, each with the filter that leads from a figure to the rows behind it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kam.core.periods import month_of
from kam.users.models import User
from kpi.measures.rules import month_named
from kpi.reports.registry import Dimension, Figure

#: How an address says that a value is missing.
NOTHING = "null"


class OneWord(django_filters.ChoiceFilter):  # type: ignore[misc]  # the package ships no types
    """Rows with one word in a column; an empty column is a value of its own."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return the rows with this word, those without any for the missing one."""
        if value == NOTHING:
            return qs.filter(Q(**{self.field_name: ""}) | Q(**{self.field_name: None}))
        return qs.filter(**{self.field_name: value}) if value else qs


class OneMonth(django_filters.CharFilter):  # type: ignore[misc]  # see above
    """Rows whose day lies in a month; a word that names none leaves no row."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return the rows of the month, those without a day for the missing one."""
        if not value:
            return qs
        if value == NOTHING:
            return qs.filter(**{self.field_name: None})
        month = month_named(value)
        return (
            qs.none()
            if month is None
            else qs.filter(**{f"{self.field_name}__range": (month.first, month.last)})
        )


def by_word(key: str, label: Any, path: str, labels: Mapping[Any, Any]) -> Dimension:
    """Group by a column of fixed words."""

    def words(values: Collection[Any]) -> Mapping[Any, str]:
        told = set(values)
        known = {value: str(words_) for value, words_ in labels.items() if value in told}
        return known | {value: str(value or "–") for value in told if value not in known}

    choices = [(str(value), words_) for value, words_ in labels.items()]
    return Dimension(
        key, label, path, words, lambda: OneWord(label=label, field_name=path, choices=choices, null_label="–", null_value=NOTHING)
    )  # fmt: skip


#: What a person may see of a source.
Rows = Callable[[User], QuerySet[Any]]


def by_row(
    key: str, label: Any, path: str, model: type[Model], rows: Rows, *, is_typed: bool = False
) -> Dimension:
    """Group by what a row points at. A filter offers what the rows the reader sees point at; too many: only by way of a figure."""

    def offered(asked: Any) -> QuerySet[Any]:
        pointed = rows(asked.user).order_by().values(f"{path}_id")
        return model._default_manager.filter(pk__in=pointed)  # noqa: SLF001 -- see below

    def words(values: Collection[Any]) -> Mapping[Any, str]:
        found = model._default_manager.in_bulk({value for value in values if value is not None})  # noqa: SLF001 -- Django's own way to a model's manager
        told = {value: str(found[value]) if value in found else "–" for value in values}
        return dict(sorted(told.items(), key=lambda pair: pair[1]))

    def made() -> Any:
        more = {"widget": forms.HiddenInput} if is_typed else {}
        return django_filters.ModelChoiceFilter(
            label=label, field_name=path, queryset=offered, null_label="–", null_value=NOTHING, **more
        )

    return Dimension(key, label, f"{path}_id", words, made)


def by_month(key: str, label: Any, path: str) -> Dimension:
    """Group by the month of a day."""

    def words(values: Collection[Any]) -> Mapping[Any, str]:
        months = sorted(value for value in values if value)
        return {value: f"{value:%Y-%m}" for value in months} | dict.fromkeys(
            (v for v in values if not v), "–"
        )

    return Dimension(
        key, label, TruncMonth(path), words,
        lambda: OneMonth(label=label, field_name=path, widget=forms.HiddenInput, max_length=7),
    )  # fmt: skip


def by_text(key: str, label: Any, path: str) -> Dimension:
    """Group by a short text that people wrote."""

    def words(values: Collection[Any]) -> Mapping[Any, str]:
        return {value: str(value or "–") for value in sorted(values, key=lambda v: v or "")}

    class Text(django_filters.CharFilter):  # type: ignore[misc]  # see above
        def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
            """Return the rows with this text."""
            return qs.filter(**{path: "" if value == NOTHING else value}) if value else qs

    return Dimension(key, label, path, words, lambda: Text(label=label, field_name=path))


def by_truth(key: str, label: Any, path: str) -> Dimension:
    """Group by yes and no."""

    def words(values: Collection[Any]) -> Mapping[Any, str]:
        return {value: _("yes") if value else _("no") for value in values}

    return Dimension(
        key, label, path, words, lambda: django_filters.BooleanFilter(label=label, field_name=path)
    )


def in_address(value: Any) -> str:
    """Return how an address names a value of any dimension."""
    if value in (None, ""):
        return NOTHING
    if isinstance(value, bool):
        return str(value).lower()
    return f"{month_of(value).first:%Y-%m}" if isinstance(value, date) else str(value)


class Counted(django_filters.ChoiceFilter):  # type: ignore[misc]  # see above
    """Rows that a figure counts; by way of that figure only."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.where = {figure.key: figure.where for figure in figures if figure.where is not None}
        choices = [(figure.key, figure.label) for figure in figures if figure.key in self.where]
        super().__init__(label=gettext_lazy("Counted"), choices=choices, widget=forms.HiddenInput)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return the rows that this figure counts."""
        return qs.filter(self.where[value]) if value else qs


def filterset_of(dimensions: Iterable[Dimension], day: str, figures: Sequence[Figure]) -> type[Any]:
    """Return the filters of a source: one a dimension, what a figure counts, and from and until where rows have a day."""
    fields: dict[str, Any] = {dimension.key: dimension.filter() for dimension in dimensions}
    fields["counted"] = Counted(figures)
    if day:
        fields["since"] = django_filters.DateFilter(
            label=gettext_lazy("From"), field_name=day, lookup_expr="gte"
        )
        fields["until"] = django_filters.DateFilter(
            label=gettext_lazy("Until"), field_name=day, lookup_expr="lte"
        )
    return type("Filters", (django_filters.FilterSet,), fields)
