"""Reading the audit: the history of one object, and the search."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kam.audit import registry
from kam.audit.models import AuditEntry
from kam.audit.records import Words, history_of_model, words_of
from kam.audit.words import LABELS, NAMES_OF_FIELDS, VALUES
from kam.core.sentences import labelled, listed, parted, read_sentence
from kam.users.models import User
from kam.users.scopes import Reach, scope_of

HISTORY = 50
#: Objects of the house itself; all others may carry the names of customers (01, table of rights: administrators see none).
_HOUSE = (
    "users.",
    "people.",
    "settings_rows.",
    "jobs.",
    "calendar.",
    "approvals.route",
    "approvals.rulechange",
)
#: Acts on people that carry customers' names all the same: the conditions of a list are what somebody searched for.
_TELLING = frozenset({"lists.exported"})
_OF_THE_HOUSE = reduce(or_, (Q(object_type__startswith=prefix) for prefix in _HOUSE))
MASK = "•••"
DIGEST = "sha256:"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry, readable; `masked` values are personal and not for this reader."""

    label: str
    old: str
    new: str
    masked: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry as a person reads it."""

    at: datetime
    act: str
    who: str
    acting_for: str
    changes: list[FieldChange]
    reason: str
    object_label: str = ""
    entry_id: int = 0
    request_id: str = ""
    ip: str = ""
    is_part: bool = False
    url: str = ""


def history_of(
    obj: models.Model,
    viewer: User | None,
    *,
    parts: Iterable[models.Model] = (),
    limit: int = HISTORY,
    before: int | None = None,
) -> list[HistoryLine]:
    """Return the newest entries about `obj` and its `parts`; personal values only where the rule of `obj`'s room lets `viewer` see them."""
    ids: dict[str, set[str]] = {}
    for row in (obj, *parts):
        merged = getattr(row, "absorbed_ids", ())  # entries of files that became part of this one
        ids.setdefault(_type_of(row), set()).update(str(pk) for pk in (row.pk, *merged))
    about = Q()
    for kind, pks in ids.items():
        about |= Q(object_type=kind, object_id__in=pks)
    rows = _entries().filter(about).prefetch_related("personal")
    entries = list((rows.filter(pk__lt=before) if before else rows)[:limit])
    open_ = viewer is not None and registry.may_see_personal(_type_of(obj), viewer, obj)
    own = _type_of(obj)
    return [
        _line(entry, _model_of(entry.object_type), with_personal=open_, is_part=entry.object_type != own)
        for entry in entries
    ]


def _type_of(obj: models.Model) -> str:
    return obj._meta.label_lower  # noqa: SLF001 -- Django documents _meta as its API


def _model_of(object_type: str) -> type[models.Model] | None:
    try:
        return apps.get_model(object_type)
    except (LookupError, ValueError):
        return None


def search_entries(
    viewer: User,
    *,
    act: str = "",
    who: str = "",
    about: str = "",
    first: date | None = None,
    last: date | None = None,
    request_id: str = "",
    before: int | None = None,
) -> QuerySet[AuditEntry]:
    """Return entries, newest first; every given condition narrows. `about` is part of an object's name, or type:id.

    Whoever has no customers' rows (administrators) finds customers' objects by type and number only, never by name.
    """
    rows = _entries()
    if about and ":" not in about and _sees_no_customers(viewer):
        rows = rows.filter(_OF_THE_HOUSE)
    kind, colon, pk = about.partition(":")
    conditions: dict[str, Any] = {
        "act": act,
        "request_id": request_id,
        "at__date__gte": first,
        "at__date__lte": last,
        "pk__lt": before,
    }
    conditions |= {"object_type": kind, "object_id": pk} if colon else {"object_label__icontains": about}
    rows = rows.filter(**{key: value for key, value in conditions.items() if value not in ("", None)})
    return rows.filter(actor_label__icontains=who) if who else rows


def lines_of(entries: list[AuditEntry], viewer: User) -> list[HistoryLine]:
    """Return entries readable, every personal value masked; an administrator reads of customers that something was done, not what."""
    lines = [_line(entry, _model_of(entry.object_type), with_personal=False) for entry in entries]
    if not _sees_no_customers(viewer):
        urls = _addresses(entries, viewer)
        return [
            replace(line, url=urls.get((entry.object_type, entry.object_id), ""))
            for line, entry in zip(lines, entries, strict=True)
        ]
    return [
        line if entry.object_type.startswith(_HOUSE) and entry.act not in _TELLING else _bare(line, entry)
        for line, entry in zip(lines, entries, strict=True)
    ]


def _addresses(entries: list[AuditEntry], viewer: User) -> dict[tuple[str, str], str]:
    """Return (type, number) → the page of the object, of those that this reader sees; one statement a type."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        wanted.setdefault(entry.object_type, set()).add(entry.object_id)
    found = {}
    for kind, pks in wanted.items():
        model = _model_of(kind)
        rows = getattr(getattr(model, "objects", None), "visible_to", None)
        known = history_of_model(model) if model is not None else None
        if rows is None or not (known or hasattr(model, "get_absolute_url")):
            continue
        numbers = [pk for pk in pks if pk.isascii() and pk.isdecimal()]
        for row in rows(viewer).filter(pk__in=numbers):
            own = hasattr(row, "get_absolute_url")
            found[kind, str(row.pk)] = (
                row.get_absolute_url()
                if own
                else reverse("history", args=[known.kind if known else kind, row.pk])
            )
    return found


def _sees_no_customers(viewer: User) -> bool:
    return scope_of(viewer).reach is Reach.NOTHING


def _bare(line: HistoryLine, entry: AuditEntry) -> HistoryLine:
    """Return the line without names and values: what kind of object, which fields."""
    changes = [FieldChange(change.label, MASK, MASK, masked=True) for change in line.changes]
    model = _model_of(entry.object_type)
    kind = capfirst(str(model._meta.verbose_name)) if model else entry.object_type  # noqa: SLF001 -- Django documents _meta as its API
    label = f"{kind} #{entry.object_id}"
    url = f"?about={entry.object_type}:{entry.object_id}"
    return replace(line, url=url, object_label=label, changes=changes, reason=MASK if line.reason else "")


def _entries() -> QuerySet[AuditEntry]:
    return AuditEntry.objects.select_related("actor", "acting_for").order_by("-id")


def _line(
    entry: AuditEntry, model: type[models.Model] | None, *, with_personal: bool, is_part: bool = False
) -> HistoryLine:
    personal = {row.field: (row.old, row.new) for row in entry.personal.all()} if with_personal else {}
    pairs: Mapping[str, Any] = entry.changes
    changes = [_change(model, field, pair, personal.get(field)) for field, pair in pairs.items()]
    return HistoryLine(
        at=entry.at,
        act=registry.label_of(entry.act),
        who=registry.actor_of(entry.actor_label),
        acting_for=entry.acting_for.name if entry.acting_for else "",
        changes=[change for change in changes if change.masked or change.old != change.new],
        reason=read_sentence(entry.reason),
        object_label=entry.object_label,
        entry_id=entry.pk,
        request_id=entry.request_id,
        ip=entry.ip,
        is_part=is_part,
    )


def _change(
    model: type[models.Model] | None, name: str, pair: list[Any], personal: tuple[str, str] | None
) -> FieldChange:
    field = _field(model, name)
    words = words_of(model) if field is None else None
    label = (
        str(words.label(name) or _plain_label(None, name)) if words is not None else _plain_label(field, name)
    )
    if any(isinstance(value, str) and value.startswith(DIGEST) for value in pair):
        if personal is None:
            return FieldChange(label, MASK, MASK, masked=True)
        pair = list(personal)
    if name == NAMES_OF_FIELDS:
        pair = [_names(model, value) for value in pair]
    told = [_told(words, name, value) if field is None else None for value in pair]
    old, new = (str(word) if word else _text(field, value) for word, value in zip(told, pair, strict=True))
    return FieldChange(label, old, new)


def _names(model: type[models.Model] | None, value: Any) -> Any:
    """An entry that tells only which fields it was about says them as the forms do."""
    return [_plain_label(_field(model, item), item) for item in value] if isinstance(value, list) else value


def _told(words: Words | None, name: str, value: Any) -> Any:
    """Return how a value that is no column reads, None when nobody says."""
    if not value:
        return None
    said = words.text(name, value) if words is not None else None
    return said or (VALUES.get(name, {}).get(value) if isinstance(value, str) else None)


def _field(model: type[models.Model] | None, name: str) -> Any:
    if model is None:
        return None
    try:
        return model._meta.get_field(name)  # noqa: SLF001 -- Django documents _meta as its API
    except FieldDoesNotExist:
        return None


def _plain_label(field: Any, name: str) -> str:
    given = getattr(field, "verbose_name", None)
    words = name.replace("_", " ")
    return str(given if given and given != words else LABELS.get(name, words))


def _text(field: Any, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return listed(_text(field, item) for item in value)
    if isinstance(value, dict):
        return parted(labelled(key, _text(None, item)) for key, item in value.items())
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices.get(value, value))
