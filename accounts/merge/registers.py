"""What merging gives to the frames: links of this app, acts, the subject of approval, the sweep, pages, actions, the timeline."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.merge import dated, links, services
from accounts.merge.demo import play_merge
from accounts.merge.models import Merge
from accounts.merge.permissions import can_see_duplicates
from accounts.merge.rules import Choice
from accounts.merge.selectors import field_words, merges_into
from accounts.merge.tables import MERGES
from accounts.merge.terms import Kind, MergeState
from accounts.persons.models import Person
from accounts.persons.registry import PersonPanel, register_person_panel
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registry import TimelineEntry, register_action, register_timeline
from kam.approvals.registry import Subject, register
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.sentences import listed
from kam.demo.registry import register_part
from kam.jobs.registry import periodic
from kam.notes.registry import register_link
from kam.search.registry import register_page
from kam.users.models import User

__all__ = ["MERGES", "links"]  # workers write the list's files; importing declares the links

register_act("accounts.merge.asked", _("Merge proposed"))
register_act("accounts.merge.pending", _("Merge handed in again"))
register_act("accounts.merge.merged", _("Merge carried out"))
register_act("accounts.merge.returned", _("Merge returned for changes"))
register_act("accounts.merge.rejected", _("Merge rejected"))
register_act("accounts.merge.withdrawn", _("Merge withdrawn"))
register_act("accounts.merge.undone", _("Merge taken back"))
register_act("accounts.merge.kept_apart", _("Noted that two files are not the same"))
register_act("accounts.unit.joined", _("Unit merged"))
register_act("accounts.unit.parted", _("Merge of the unit taken back"))
register_act("accounts.person.joined", _("Person merged"))
register_act("accounts.person.parted", _("Merge of the person taken back"))
register_history("accounts.merge", Merge, load=visible_row(Merge.objects))
register_link(dated.SOURCE, lambda pk: f"/merges/{int(pk)}/")
register_part(87, "merge", play_merge)
periodic(
    "accounts.merge_strays",
    every=timedelta(minutes=1),
    run=services.collect_strays,
    label=_("Rows that arrived while two files were merged"),
)


def _snapshot(merge: Merge) -> Mapping[str, Any]:
    """What the deciders see, as it stood when it was asked."""
    survivor, loser = merge.survivor_unit, merge.loser_unit
    if survivor is None or loser is None:
        raise LookupError("only merges of units are decided")
    rows = [
        row for row in services.choices_for(Kind.UNIT, survivor, loser, merge.choices) if row.takes_theirs
    ]
    observed = dated.choices_for(survivor, loser, merge.choices)
    return {
        "title": survivor.name,
        "subtitle": f"{loser.name} → {survivor.name}",
        "unit": survivor.name,
        "why": merge.reason,
        "facts": [
            [str(_("Merged unit")), f"{loser.name} · {_holder(loser)}"],
            [str(_("Survivor")), f"{survivor.name} · {_holder(survivor)}"],
            [
                str(_("Values taken from the merged unit")),
                listed(str(field_words(Kind.UNIT, row.field)) for row in rows) or "–",
            ],
            *(_observed(choice) for choice in observed),
        ],
        "url": merge.get_absolute_url(),
    }


def _observed(choice: Choice) -> list[str]:
    """One dated value that both know: what is valid from the merge on, and what it replaces."""
    mine, theirs = dated.texts_of(choice)
    wanted, other = (theirs, mine) if choice.takes_theirs else (mine, theirs)
    words = gettext("%(wanted)s, valid from the merge on; not %(other)s")
    return [str(dated.label_of(choice)), words % {"wanted": wanted, "other": other}]


def _holder(unit: KeyAccount) -> str:
    return unit.owner.name if unit.owner else str(_("nobody"))


register(
    Subject(
        key=services.SUBJECT,
        model=Merge,
        label=_("Merge of two units"),
        group=_("Units"),
        icon="git-merge",
        snapshot=_snapshot,
        requester=lambda merge: merge.asked_by,
        material=("facts",),
        url=lambda merge: merge.get_absolute_url(),
        return_reasons=(_("The reason is not clear"), _("They are not the same")),
        on_approved=services.approve_merge,
        on_returned=services.end_merge(MergeState.RETURNED),
        on_rejected=services.end_merge(MergeState.REJECTED),
        on_withdrawn=services.end_merge(MergeState.WITHDRAWN),
    )
)


def _action(unit: KeyAccount, user: User) -> tuple[Any, str] | None:
    """Merging, in the record's own row of actions."""
    return (_("Merge…"), f"/accounts/{unit.pk}/merge/") if can_edit_unit(user, unit) else None


register_action("merge", 4, _action)


def _panel(person: Person, user: User) -> dict[str, Any]:
    merges = Merge.objects.filter(survivor_person=person, merged_at__isnull=False)
    return {
        "may_merge": can_edit_unit(user, person.unit),
        "merges": merges.select_related("loser_person") if person.absorbed_ids else (),
    }


register_person_panel(PersonPanel("merge", _("Merges"), 90, "accounts/merge/_person.html", _panel))


def _timeline(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    rows = merges_into(unit).filter(merged_at__lt=before).order_by("-merged_at", "-pk")[:limit]
    return [
        TimelineEntry(
            at=row.merged_at,
            kind="merges",
            title=gettext("%(name)s became part of this file") % {"name": row.loser.name},
            text=row.reason,
            who=row.asked_by.name,
            url=row.get_absolute_url(),
            tone="acc",
            icon="git-merge",
        )
        for row in rows
    ]


register_timeline("merges", _("Merges"), _timeline)
register_page(
    "accounts.duplicates",
    pgettext_lazy("files", "Duplicates"),
    "/duplicates/",
    icon="copy",
    words="重复 合并 chongfu hebing",
    visible=can_see_duplicates,
    under="/accounts/",
)
register_page(
    "accounts.merges",
    _("Merges"),
    "/merges/",
    icon="git-merge",
    words="合并",
    visible=can_see_duplicates,
    under="/accounts/",
)
