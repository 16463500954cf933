"""What units give to the frames: names of acts, links of sources, their own panels and timeline."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.units import labels, registry
from accounts.units import tables as tables  # the list becomes known to workers
from accounts.units.api import ACCOUNTS
from accounts.units.demo import play_units
from accounts.units.forms import owners_for
from accounts.units.models import KeyAccount, Observation, StatusChange, TierChange
from accounts.units.permissions import can_add_files, can_add_unit
from accounts.units.picks import unit_pick, visible_units
from accounts.units.registry import (
    HeadFact,
    Panel,
    TimelineEntry,
    register_head_fact,
    register_panel,
    register_reading,
    register_timeline,
)
from accounts.units.selectors import (
    FILES,
    FactGroup,
    facts_asked,
    facts_of,
    identity_of,
    source_of,
    value_text,
)
from accounts.units.selectors_along import waiting_with
from accounts.units.services import change_owner
from accounts.units.terms import Field
from kam.api.registry import register_resource
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.house import read_house
from kam.core.once import once
from kam.core.prepared import Prepared, blank, rows_read
from kam.demo.registry import register_part
from kam.files.forms import FileForm
from kam.files.models import Attachment
from kam.files.registry import register_owner
from kam.notes.models import Note, Task
from kam.notes.permissions import can_change_task, can_delete_note
from kam.notes.registry import links_of, register_link
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.picks import people_pick
from kam.search.registry import Hit, register_action, register_pick, register_search
from kam.users.models import User
from kam.webhooks.registry import register_event

register_event("accounts.unit.created", "accounts.unit.owner_changed", "accounts.unit.status_changed")

register_act("accounts.unit.created", _("Unit added"))
register_act("accounts.unit.edited", _("Unit changed"))
register_act("accounts.unit.observed", _("Something learned about the unit"))
register_act("accounts.unit.owner_changed", _("Owner changed"))
register_act("accounts.unit.status_changed", _("Status changed"))
register_act("accounts.unit.tier_changed", _("Tier changed"))
register_act("accounts.unit.next_step_done", _("Next step done"))

register_link("accounts.unit", lambda pk: f"/accounts/{pk}/")


def _field_label(name: str) -> Any:
    return labels.FIELD_LABELS[Field(name)] if name in set(Field) else None


def _field_text(name: str, value: Any) -> str | None:
    return value_text(name, value) if name in set(Field) else None


register_history(
    "accounts.unit",
    KeyAccount,
    load=visible_row(KeyAccount.objects),
    parts=lambda unit: Note.objects.filter(subject_kind="accounts.unit", subject_id=str(unit.pk)),
)
register_words(KeyAccount, label=_field_label, text=_field_text)
register_panel(
    Panel("history", _("History"), 95, "accounts/units/_history.html", lambda unit, _user: {"unit": unit})
)


def day_moment(day: Any, made: datetime) -> datetime:
    """Return when something of `day` stands on the timeline: at its own moment if made that day, else at noon."""
    if timezone.localtime(made).date() == day:
        return made
    return timezone.make_aware(datetime.combine(day, time(12)))


def _facts(unit: KeyAccount) -> list[FactGroup]:
    return once(unit, "facts", lambda: facts_of(unit))


def _overview(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {
        "groups": _facts(unit),
        "identity": identity_of(unit),
        "cards": [(panel, panel.context(unit, user)) for panel in registry.panels("overview")],
    }


def _known(unit: KeyAccount, user: User) -> HeadFact:
    del user
    known = sum(fact.seen is not None for group in _facts(unit) for fact in group.facts)
    return HeadFact(
        _("What we know"), str(known), of=f"/ {len(Field)}", hint=str(_("fields filled in")), url="#know"
    )


register_head_fact("known", 90, _known)
register_panel(Panel("overview", _("Overview"), 0, "accounts/units/_overview.html", _overview))


def _learned(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    """One entry for what was learned at once: same day, same source, same person."""
    del user
    rows = (
        Observation.objects.filter(unit=unit, created_at__lt=before)
        .select_related("by")
        .order_by("-created_at", "-id")[: limit * 6]
    )
    together: dict[tuple[Any, ...], list[Observation]] = {}
    for row in rows:
        key = (
            row.learned_on,
            row.source_kind,
            row.source_id,
            row.by_id,
            row.created_at.replace(microsecond=0, second=0),
        )
        together.setdefault(key, []).append(row)
    groups = list(together.values())[:limit]
    sources = {group[0].pk: source_of(group[0]) for group in groups}
    links = links_of(sources.values())
    return [_learned_entry(group, links[sources[group[0].pk]]) for group in groups]


def _learned_entry(group: list[Observation], url: str) -> TimelineEntry:
    first = group[0]
    return TimelineEntry(
        at=first.created_at,
        kind="learned",
        title=_("Learned"),
        who=first.by.name if first.by else "",
        text=read_house(first.source_label),
        url=url,
        icon="pencil",
        changes=tuple(
            (labels.FIELD_LABELS[Field(row.field)], "", value_text(row.field, row.value))
            for row in reversed(group)
        ),
    )


def _moves(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    entries = [
        TimelineEntry(
            at=row.created_at,
            kind="moves",
            title=_("Status"),
            text=row.reason,
            who=row.by.name if row.by else "",
            tone="danger" if row.new == "lost" else "good",
            icon="arrow-right",
            changes=(("", str(row.get_old_display() or "–"), str(row.get_new_display())),),
        )
        for row in StatusChange.objects.filter(unit=unit, created_at__lt=before)
        .select_related("by")
        .order_by("-created_at")[:limit]
    ]
    entries += [
        TimelineEntry(
            at=row.created_at,
            kind="moves",
            title=_("Tier"),
            text=row.reason,
            who=row.by.name if row.by else "",
            icon="stairs-up",
            changes=(("", row.old, row.new),),
        )
        for row in TierChange.objects.filter(unit=unit, created_at__lt=before)
        .select_related("by")
        .order_by("-created_at")[:limit]
    ]
    entries += [
        TimelineEntry(
            at=row.created_at,
            kind="moves",
            title=_("Owner"),
            text=row.reason,
            who=row.by.name if row.by else "",
            icon="user-share",
            changes=(("", "", row.owner.name),),
        )
        for row in unit.ownerships.filter(created_at__lt=before)
        .select_related("by", "owner")
        .order_by("-created_at")[:limit]
    ]
    return entries


def _notes(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    rows = Note.objects.filter(
        subject_kind="accounts.unit", subject_id=str(unit.pk), deleted_at=None, created_at__lt=before
    ).select_related("by")
    return [
        TimelineEntry(
            at=row.created_at,
            kind="notes",
            title=_("Note"),
            text=row.text,
            who=row.by.name,
            icon="note",
            delete_url=reverse("unit-note-delete", args=[unit.pk, row.pk])
            if can_delete_note(user, row)
            else "",
        )
        for row in rows.order_by("-created_at")[:limit]
    ]


def _attached(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    rows = Attachment.objects.of(FILES, unit.pk).filter(created_at__lt=before).select_related("by")
    return [
        TimelineEntry(
            at=row.created_at,
            kind="files",
            title=_("File added"),
            text=row.name,
            who=row.by.name if row.by else "",
            url=row.get_absolute_url(),
            icon="paperclip",
        )
        for row in rows.order_by("-created_at")[:limit]
    ]


register_timeline("learned", _("What was learned"), _learned)
register_timeline("moves", _("Status, tier, owner"), _moves)
register_timeline("notes", _("Notes"), _notes)
register_timeline("files", _("Attachments"), _attached)


def _unit_as_seen(user: User, owner_id: str) -> KeyAccount | None:
    return KeyAccount.objects.visible_to(user).filter(pk=number_in(owner_id) or 0).first()


def _may_add_files(user: User, owner_id: str) -> bool:
    unit = _unit_as_seen(user, owner_id)
    return unit is not None and can_add_files(user, unit)


register_owner(
    FILES,
    _("Unit"),
    may_read=lambda user, owner_id: _unit_as_seen(user, owner_id) is not None,
    may_add=_may_add_files,
)


def _attachments(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {
        "attachments": Attachment.objects.of(FILES, unit.pk).select_related("by"),
        "file_form": FileForm(),
        "can_add_files": can_add_files(user, unit),
    }


register_panel(
    Panel(
        "attachments",
        _("Attachments"),
        80,
        "accounts/units/_attachments.html",
        _attachments,
        counted=lambda unit: Attachment.objects.of(FILES, unit),
    )
)

register_part(30, "units", play_units)


_open_tasks = Prepared(
    lambda: Task.objects.filter(
        subject_kind="accounts.unit", subject_id=blank("unit"), done_at=None
    ).select_related("assignee", "asked_by")[:20]
)


register_reading("facts", lambda unit, _user: facts_asked(unit))
register_reading("tasks", lambda unit, _user: _open_tasks.filled(unit=str(unit.pk)))


def _tasks(unit: KeyAccount, user: User) -> dict[str, Any]:
    today = business_date()
    return {
        "tasks": [
            (task, task.due_on is not None and task.due_on < today, can_change_task(user, task))
            for task in rows_read(unit, "tasks", lambda: _open_tasks.filled(unit=str(unit.pk)))
        ]
    }


register_panel(
    Panel("tasks", _("Tasks and promises"), 20, "accounts/units/_tasks.html", _tasks, place="side")
)


def _owners(user: User) -> QuerySet[User]:
    choices = owners_for(user)
    return User.objects.none() if choices is None else choices


def _find_units(user: User, words: str, limit: int) -> list[Hit]:
    rows = tables.search_units(KeyAccount.objects.visible_to(user), words).select_related("owner")
    return [
        Hit(
            unit.name,
            unit.get_absolute_url(),
            sub=unit.english_name or unit.short_name,
            icon="building",
            tier=unit.tier,
            lang="zh-Hans",
            badge=(unit.status_tone, str(unit.get_status_display())),
            facts=(
                (str(_("Owner")), unit.owner.name if unit.owner else "–"),
                (str(_("Next step")), unit.next_step or "–"),
            ),
        )
        for unit in rows.order_by("tier", "sort_key", "id")[:limit]
    ]


register_search("accounts.unit", _("Accounts"), _find_units, order=10)
register_pick(unit_pick("accounts.unit", visible_units))
register_pick(people_pick("accounts.owner", lambda user, _within: _owners(user)))
register_action(
    "accounts.unit.new",
    _("New unit"),
    "/accounts/new/",
    icon="building-plus",
    words="add 新增 单位",
    visible=can_add_unit,
)


def _held_units(user: User) -> list[HoldingRow]:
    """Every unit of theirs; what goes along with it is said beside it and stands nowhere else on the sheet."""
    rows, along = KeyAccount.objects.filter(owner=user).order_by("sort_key", "id"), waiting_with(user)
    return [
        HoldingRow(
            str(unit.pk),
            unit.name,
            " · ".join(filter(None, (str(unit.get_status_display()), along.get(unit.pk)))),
            unit.get_absolute_url(),
        )
        for unit in rows
    ]


def _move_units(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    for unit in KeyAccount.objects.filter(pk__in=row_ids, owner=frm).order_by("pk"):
        change_owner(unit, owner=to, by=by, reason=gettext("Handover from %(name)s") % {"name": frm.name})


register_holding(Holding("accounts.units", _("Units"), _held_units, _move_units, order=10))

register_resource(ACCOUNTS)
