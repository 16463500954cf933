"""What the address of a list says: words, filters, order, columns, view. The address is the whole state."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from kam.lists.models import SavedView
from kam.lists.paging import in_order
from kam.lists.spec import PANEL, RESERVED, Column, ListSpec, Sort
from kam.users.models import User

MAX_WORDS = 100


@dataclass(frozen=True)
class ListState:
    """A list as one person asked for it."""

    spec: ListSpec
    user: User
    params: QueryDict
    view: str

    @cached_property
    def words(self) -> str:
        """The search words, without what no name holds."""
        text = "".join(
            c for c in self.params.get("q", "") if unicodedata.category(c) not in {"Cc", "Cs", "Co"}
        )
        return text.strip()[:MAX_WORDS]

    @cached_property
    def sort(self) -> Sort:
        return self.spec.sort_called(self.params.get("sort", "").removeprefix("-"))

    @cached_property
    def is_reversed(self) -> bool:
        """Say whether the order is turned round against the sort's own direction."""
        asked = self.params.get("sort", "")
        return asked.startswith("-") and asked[1:] == self.sort.key

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns to show: those named in the address, else those shown by default."""
        named = [key for part in self.params.getlist("cols") for key in part.split(",")]
        chosen = tuple(column for column in self.spec.columns if column.key in named)
        return chosen or tuple(column for column in self.spec.columns if column.is_shown)

    @cached_property
    def filterset(self) -> Any:
        """All filters of the list, for the panel; None for a list without filters."""
        return None if self.spec.filterset is None else self._bound(self.spec.filterset)

    @cached_property
    def asked(self) -> Any:
        """Only those filters that the address names: the others would be built for nothing. None for a list without filters."""
        whole: Any = self.spec.filterset
        if whole is None:
            return None
        names = frozenset(
            name for name in whole.base_filters if any(is_of_filter(key, name) for key in self.params)
        )
        return self._bound(_without_others(whole, names))

    def _bound(self, filterset: type[Any]) -> Any:
        data = self.params.copy()
        for key in RESERVED:
            data.pop(key, None)
        # Filters that offer people ask the state, as they would ask a request, who looks.
        return filterset(data, queryset=self.spec.rows(self.user), request=self)

    @cached_property
    def is_filtered(self) -> bool:
        """Say whether the address names a filter."""
        if self.spec.filterset is None:
            return False
        return any(key not in RESERVED and value for key, value in self.params.items())

    @cached_property
    def conditions(self) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
        """The filters in force, each as a column and the values it may have; None where one of them says something else."""
        if not self.is_filtered:
            return ()
        form, found = self.asked.form, []
        if form.errors:
            return None
        for name, one in self.asked.filters.items():
            value = form.cleaned_data.get(name)
            if value in (None, "", [], ()):
                continue
            told = getattr(one, "condition", None)  # OneOf has it; filters stand above this
            condition = told(value) if told else None
            if condition is None:
                return None
            found.append(condition)
        return tuple(sorted(found))

    def rows(self) -> QuerySet[Any]:
        """Return all rows that match, unordered. A list without conditions never builds the form of its filters."""
        found = self.asked.qs if self.is_filtered else self.spec.rows(self.user)
        if self.words and self.spec.search is not None:
            found = self.spec.search(found, self.words)
        return found.order_by()

    def ordered(self) -> QuerySet[Any]:
        """Return all rows that match, in the order of the page."""
        return in_order(self.rows(), self.sort, reverse=self.is_reversed)

    def address(self, *, drop: tuple[str, ...] = (), set_to: Mapping[str, str] | None = None) -> str:
        """Return the address of this list with some parameters changed; paging starts anew unless it is what changes."""
        query = self.params.copy()
        for key in ("after", "before", "export", *drop):
            query.pop(key, None)
        for key, value in (set_to or {}).items():
            query[key] = value
            if not value:
                del query[key]
        text = query.urlencode(safe=",")
        return f"{self.spec.url}?{text}" if text else self.spec.url

    @property
    def query(self) -> str:
        """Return what a saved view keeps: everything but place and view."""
        query = self.params.copy()
        for key in ("after", "before", "export", "view"):
            query.pop(key, None)
        return query.urlencode(safe=",")

    @property
    def has_conditions(self) -> bool:
        """Say whether anything narrows the list."""
        return bool(self.words) or any(key not in RESERVED and value for key, value in self.params.items())


def is_of_filter(key: str, name: str) -> bool:
    """Say whether a key of an address belongs to the filter `name`: ranges have two of them, name_min and name_max."""
    return key == name or key.startswith(f"{name}_")


@lru_cache(maxsize=512)
def _without_others(filterset: Any, names: frozenset[str]) -> Any:
    """Return a set of filters that has only these."""
    narrow: Any = type(filterset)(filterset.__name__, (filterset,), {"__module__": filterset.__module__})
    narrow.base_filters = {name: one for name, one in filterset.base_filters.items() if name in names}
    return narrow


def read_state(spec: ListSpec, user: User, params: QueryDict, views: list[SavedView]) -> ListState:
    """Return what was asked for; an address without words opens the person's default view, else the list's own."""
    if PANEL in params:
        params = params.copy()
        del params[PANEL]
    view = params.get("view", "")
    if set(params) - {"view"}:
        return ListState(spec, user, params, view)
    own = next((v for v in views if v.is_default and v.owner_id == user.pk), None)
    if not view:
        view = str(own.pk) if own else spec.default_view
    saved = next((v for v in views if str(v.pk) == view), None)
    fixed = next((v for v in spec.views if v.key == view), None)
    text = saved.query if saved else fixed.params if fixed else ""
    opened = QueryDict(text, mutable=True)
    if saved or fixed or view == "all":
        opened["view"] = view
    return ListState(spec, user, opened, view)
