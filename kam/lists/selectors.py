"""Everything the page of a list shows, read with a fixed number of statements."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.days import day_words
from kam.core.prepared import Prepared, blank
from kam.core.sentences import labelled, listed, parted
from kam.lists import rules
from kam.lists.cells import draw_rows
from kam.lists.models import SavedView
from kam.lists.paging import (
    COUNT_CAP,
    Slice,
    count_capped,
    cut_hits,
    read_cursor,
    read_hits,
    read_kept_page,
    read_numbered,
    read_page,
    write_cursor,
)
from kam.lists.rules import Limits
from kam.lists.spec import PANEL, BulkAction, Column, ListSpec
from kam.lists.state import ListState, is_of_filter
from kam.lists.terms import Why
from kam.settings_rows.selectors import int_setting
from kam.users.models import User
from kam.users.scopes import Reach, scope_of

#: The act of the audit that a file left; the days over which rows of files add up.
EXPORTED = "lists.exported"
DAYS_COUNTED = 30
#: The tools of a longer address are drawn each time.
LONGEST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force, and the address without it."""

    label: str
    value: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column; `direction` is "", "ascending" or "descending"."""

    label: Any
    css: str
    url: str
    direction: str


_views = Prepared(lambda: SavedView.objects.of_reader(blank("me")).filter(list_key=blank("key")))


def views_of(user: User, spec: ListSpec) -> list[SavedView]:
    """Return the saved views of this list that `user` may open."""
    return _views(me=user.pk, key=spec.key)


def rows_taken(user: User) -> int:
    """Return how many rows left in files of `user` in thirty days without anybody's approval."""
    since = timezone.now() - timedelta(days=DAYS_COUNTED)
    files = AuditEntry.objects.filter(act=EXPORTED, actor=user, at__gte=since).exclude(
        changes__has_key="approval"
    )
    return sum(changes["rows"][1] or 0 for changes in files.values_list("changes", flat=True))


def why_approval(state: ListState) -> Why | None:
    """Return why the file of this list needs the director's approval, None where it may leave at once."""
    limits = Limits(int_setting("export_approval_rows"), int_setting("export_thirty_days_rows"))
    return rules.why_approval(
        is_personal=any(column.is_personal for column in state.columns),
        rows=state.rows()[: limits.a_file + 1].count(),
        taken=rows_taken(state.user),
        limits=limits,
    )


def condition_words(state: ListState) -> str:
    """Return the conditions of a list as a person reads them."""
    words = [f"“{state.words}”"] if state.words else []
    return parted(words + [labelled(chip.label, chip.value) for chip in _chips(state)])


def page_context(state: ListState, views: list[SavedView], *, has_panel: bool = False) -> dict[str, Any]:
    """Return the context of lists/page.html and lists/_list.html; the form of the filters only with the open panel."""
    spec = state.spec
    part, count = _read(state)
    told = read_beside(state, [row.pk for row in part.rows])
    for row in part.rows:
        hang_beside(told, row)
    bulk = _bulk(state)
    panel = panel_context(state, is_open=has_panel)
    return {
        "list": spec,
        "state": state,
        "views": lambda: list(_view_tabs(state, views)),
        "chips": list(_chips(state)),
        **panel,
        "heads": lambda: [_head(state, column) for column in state.columns],
        "told": _told(state, views, has_panel=panel["filter_form"] is not None),
        # What stands in a frozen part is only asked when that is drawn.
        "sorts": lambda: [_sort_choice(state, sort.key, sort.label) for sort in spec.sorts],
        "chooser": lambda: [(column.key, column.label, column in state.columns) for column in spec.columns],
        "rows_html": _draw(state, part.rows, has_boxes=bool(bulk)),
        "is_empty": not part.rows,
        "can_begin": bool(spec.empty.action_url) and spec.empty.can(state.user),
        "count_text": _count_words(spec, count, len(part.rows)),
        "range_text": f"{part.start + 1}–{part.start + len(part.rows)}" if part.rows else "",
        "next_url": state.address(set_to={"after": write_cursor(part.next, _cursor_key(state))})
        if part.next
        else "",
        "previous_url": state.address(set_to={"before": write_cursor(part.previous, _cursor_key(state))})
        if part.previous
        else "",
        "legend": spec.legend(tuple(column.key for column in state.columns)) if spec.legend else "",
        "bulk": bulk,
        "may_export": spec.can_export(state.user),
        "xlsx_url": state.address(set_to={"export": "xlsx"}),
        "csv_url": state.address(set_to={"export": "csv"}),
        "has_all_view": any(view.key == "all" for view in spec.views),
        "shows_all": not state.has_conditions,
        "has_search": spec.search is not None,
        "has_edit": any(spec.row_edit_url(row, state.user) for row in part.rows)
        if spec.row_edit_url
        else False,
    }


def _told(state: ListState, views: list[SavedView], *, has_panel: bool) -> tuple[Any, ...] | None:
    """Return everything that tools, views and heads of a list show; None where somebody searches or the panel of filters is open.

    What filters leave in the address has passed them, so it is a choice of the list; words have no end.
    """
    asked = state.params.copy()
    for key in ("after", "before"):
        asked.pop(key, None)
    address = asked.urlencode()
    if has_panel or state.words or len(address) > LONGEST_KEPT:
        return None
    shown = tuple((view.pk, view.name, view.team_id, view.owner_id, view.is_default) for view in views)
    is_open = tuple(view.key for view in state.spec.views if view.visible(state.user))
    rights = (state.spec.can_export(state.user), tuple(action.key for action in _bulk(state)))
    own = state.user.pk if views else 0
    return state.spec.key, address, state.view, shown, own, is_open, rights


def _bulk(state: ListState) -> list[BulkAction]:
    return [action for action in state.spec.bulk if action.can(state.user)]


def read_beside(state: ListState, ids: list[int]) -> Mapping[str, Mapping[int, Any]]:
    """Return what the shown columns ask of other tables: column → id → value."""
    if state.spec.beside is None:
        return {}
    return state.spec.beside(ids, state.user, tuple(column.key for column in state.columns))


def hang_beside(told: Mapping[str, Mapping[int, Any]], row: Any) -> None:
    """Put beside a row what was read for it."""
    if told:
        row.beside = {column: values.get(row.pk) for column, values in told.items()}


def panel_context(state: ListState, *, is_open: bool) -> dict[str, Any]:
    """Return the context of lists/_filter.html: a link to the panel, or the panel with its form (also where it has errors)."""
    is_open = state.spec.filterset is not None and (
        is_open or (state.is_filtered and bool(state.asked.form.errors))
    )
    return {
        "list": state.spec,
        "state": state,
        "panel_url": state.address(set_to={PANEL: "filter"}) if state.spec.filterset is not None else "",
        "filter_form": state.filterset.form if is_open else None,
        "hidden": [
            (key, value)
            for key, values in state.params.lists()
            if key not in {"q", "after", "before"}
            for value in values
        ],
        "clear_url": f"{state.spec.url}?view=all",
    }


def _cursor_key(state: ListState) -> str:
    return f"{state.spec.key}:{state.sort.key}"


def _read(state: ListState) -> tuple[Slice, int]:
    """Return the page and how many rows there are. Words are searched once, for the order, the page and the count together."""
    after = read_cursor(state.params.get("after", ""), _cursor_key(state))
    before = read_cursor(state.params.get("before", ""), _cursor_key(state))
    if before is None and _is_kept(state) and (conditions := state.conditions) is not None:
        page, total = read_kept_page(
            state.spec, state.user, state.sort, conditions, reverse=state.is_reversed, after=after
        )
        return page, count_capped(state.rows()) if total is None else total
    rows, size = state.rows(), state.spec.page_size
    hits: list[int] | None = None
    if state.words:
        hits = read_hits(rows, state.sort, reverse=state.is_reversed)
        read = partial(read_numbered, state.spec, state.user)
        part = cut_hits(hits, read, state.sort, size=size, after=after, before=before)
        if part is not None:
            return part, len(hits)
    part = read_page(rows, state.sort, size=size, reverse=state.is_reversed, after=after, before=before)
    if hits is not None:
        return part, len(hits)
    return part, len(part.rows) if _is_whole(part) else count_capped(rows)


def _is_kept(state: ListState) -> bool:
    """Say whether this list is asked as everybody asks it all day: without words, in an order that every row has."""
    is_plain = not state.words and not state.sort.nullable
    return state.spec.is_kept and is_plain and scope_of(state.user).reach is not Reach.NOTHING


def _is_whole(part: Any) -> bool:
    return part.next is None and part.previous is None and part.start == 0


def _count_words(spec: ListSpec, count: int, shown: int) -> str:
    number = formats.number_format(min(count, COUNT_CAP), use_l10n=True, force_grouping=True)
    text = f"{number}+" if count > COUNT_CAP else number
    if not count and not shown:
        text = "0"
    if spec.count_words is not None:
        return spec.count_words(count, text)
    return ngettext("%(number)s row", "%(number)s rows", count) % {"number": text}


def _css_of(column: Column) -> str:
    kinds = {"number": "num", "money": "num", "percent": "num", "date": "nw", "datetime": "nw"}
    return " ".join(
        part for part in (kinds.get(column.kind, ""), f"p-{column.phone}" if column.phone else "") if part
    )


def _draw(state: ListState, rows: list[Any], *, has_boxes: bool) -> SafeString:
    css = [_css_of(column) for column in state.columns]
    select = _("Select") if has_boxes else ""
    return draw_rows(state.spec, state.columns, rows, user=state.user, css=css, select=select)


def _head(state: ListState, column: Column) -> Head:
    sort = state.spec.sort_called(column.sort) if column.sort else None
    if sort is None:
        return Head(column.label, _css_of(column), "", "")
    is_current = sort.key == state.sort.key
    descending = sort.descending != (is_current and state.is_reversed)
    direction = ("descending" if descending else "ascending") if is_current else ""
    turned = f"-{sort.key}" if is_current and not state.is_reversed else sort.key
    return Head(column.label, _css_of(column), state.address(set_to={"sort": turned}), direction)


def _sort_choice(state: ListState, key: str, label: Any) -> tuple[Any, str, bool]:
    return label, state.address(set_to={"sort": key}), key == state.sort.key


def _view_tabs(state: ListState, views: list[SavedView]) -> Iterator[dict[str, Any]]:
    for fixed in state.spec.views:
        if fixed.visible(state.user):
            yield {
                "label": fixed.label,
                "url": f"{state.spec.url}?view={fixed.key}",
                "is_current": state.view == fixed.key or (fixed.key == "all" and not state.has_conditions),
            }
    for view in views:
        yield {
            "label": view.name,
            "url": f"{state.spec.url}?view={view.pk}",
            "is_current": state.view == str(view.pk),
            "is_shared": view.team_id is not None,
            "view": view,
            "is_own": view.owner_id == state.user.pk,
        }


def _chips(state: ListState) -> Iterator[Chip]:
    if not state.is_filtered:
        return
    form = state.asked.form
    for name, value in getattr(form, "cleaned_data", {}).items():
        if value in (None, "", [], ()) or (isinstance(value, QuerySet) and not value):
            continue
        field = form.fields[name]
        names = [key for key in state.params if is_of_filter(key, name)]
        yield Chip(str(field.label or name), _value_words(field, value), state.address(drop=tuple(names)))


def _value_words(field: forms.Field, value: Any) -> str:
    """Return what was chosen, in the words of the form."""
    if isinstance(value, slice):
        return " – ".join(_value_words(field, p) if p is not None else "…" for p in (value.start, value.stop))
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if isinstance(value, date):
        return day_words(value, business_date().year, get_language() or "en")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, list | tuple | QuerySet):
        return listed(_value_words(field, part) for part in value)
    words = {str(key): label for key, label in _flat(getattr(field, "choices", ()))}
    return str(words.get(str(value), value))


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
