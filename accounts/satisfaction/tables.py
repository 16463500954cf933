"""The list of surveys: who was asked, who answered, how."""

from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.satisfaction.filters import InvitationFilter
from accounts.satisfaction.labels import STATE_LABELS, STATE_TONES
from accounts.satisfaction.models import Invitation, Response
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Invitation]:
    return Invitation.objects.visible_to(user).select_related(
        "unit", "unit__owner", "person", "round", "response"
    )


def _search(rows: QuerySet[Invitation], text: str) -> QuerySet[Invitation]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names)


def _name(row: Invitation) -> Name:
    sub = row.person.name if row.person else ""
    return Name(row.unit.name, sub=sub, tier=row.unit.tier, lang="zh-Hans")


def _response(row: Invitation) -> Response | None:
    return getattr(row, "response", None)


def _state(row: Invitation) -> tuple[str, str]:
    return STATE_TONES[row.state], str(STATE_LABELS[row.state])


def _score(row: Invitation) -> Decimal | None:
    response = _response(row)
    return response.score if response else None


def _recommends(row: Invitation) -> int | None:
    response = _response(row)
    return response.recommends if response else None


def _tone(row: Invitation) -> str:
    response = _response(row)
    return "c-danger" if response is not None and response.is_low else ""


INVITATIONS = register_list(
    ListSpec(
        key="accounts.surveys",
        url="/satisfaction/",
        title=_("Satisfaction"),
        rows=_rows,
        columns=(
            Column("unit", _("Unit"), _name, kind="name", phone="title"),
            Column("round", _("Survey round"), "round.title", phone="left"),
            Column("state", _("State"), _state, kind="badge", phone="top"),
            Column("score", _("Score"), _score, kind="number", tone=_tone, phone="right"),
            Column("recommends", _("Recommends us"), _recommends, kind="number", tone=_tone),
            Column(
                "answered",
                _("Answered on"),
                lambda row: r.answered_on if (r := _response(row)) else None,
                kind="date",
                phone="end",
            ),
            Column("until", _("Open until"), "expires_at", kind="datetime"),
            Column("mailed", _("Mailed at"), "mailed_at", kind="datetime", is_shown=False),
            Column("source", _("After"), "source_label", is_shown=False),
            Column("owner", _("Owner"), "unit.owner.name", phone="foot"),
        ),
        sorts=(Sort("newest", _("Newest"), "created_at", descending=True),),
        count_words=lambda count, words: (
            ngettext("%(n)s person asked", "%(n)s persons asked", count) % {"n": words}
        ),
        filterset=InvitationFilter,
        search=_search,
        search_hint=_("Name of the unit"),
        row_url=lambda row: row.get_absolute_url(),
        views=(
            View("open", _("Waits for an answer"), "state=open"),
            View("low", _("Low answers"), "low=true"),
        ),
        empty=Empty(
            _("Nobody was asked yet"),
            _("Open a round, then ask on a unit’s page, tab “Satisfaction”."),
            icon="mood-smile",
        ),
    )
)
