"""The list of score sheets: filtered by round it is the file of a round."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.evaluation.labels import DECISION_LABELS, DIMENSION_LABELS, SHEET_LABELS
from accounts.evaluation.models import EvaluationRound, Score, ScoreSheet
from accounts.evaluation.selectors import balances_of, sheets_seen
from accounts.evaluation.terms import SheetState
from accounts.units.registry import beside
from accounts.units.terms import Tier
from kam.core.clock import business_date
from kam.core.sentences import listed
from kam.lists.filters import OneOf, OneOfRows
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User
from kam.users.offers import Asked, people_offered, teams_offered

_TONES = {SheetState.OPEN: "draft", SheetState.DRAFT: "pending", SheetState.SUBMITTED: "good"}


def _rounds(asked: Asked) -> QuerySet[EvaluationRound]:
    return EvaluationRound.objects.visible_to(asked.user)


class SheetFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    round = OneOfRows(label=_("Round"), queryset=_rounds)
    state = OneOf(label=_("State"), choices=list(SHEET_LABELS.items()))
    decision = OneOf(label=_("Decision"), choices=list(DECISION_LABELS.items()))
    tier = OneOf(label=_("Tier"), field_name="unit__tier", choices=[(t, t.value) for t in Tier])
    scorer = OneOfRows(label=_("Scored by"), queryset=people_offered)
    team = OneOfRows(label=_("Team"), field_name="unit__team", queryset=teams_offered)

    class Meta:
        model = ScoreSheet
        fields = ()


def _rows(user: User) -> QuerySet[ScoreSheet]:
    return sheets_seen(user).prefetch_related(Prefetch("scores", Score.objects.select_related("dimension")))


def _search(rows: QuerySet[ScoreSheet], text: str) -> QuerySet[ScoreSheet]:
    names = ("name", "short_name", "english_name")
    return rows.filter(find_by_name(text, names=names, code="credit_code", path="unit__"))


def _grade(code: str) -> Callable[[ScoreSheet], int | None]:
    """Return a reader of one grade; a sheet that is not submitted tells none."""

    def read(sheet: ScoreSheet) -> int | None:
        if sheet.state != SheetState.SUBMITTED:
            return None
        return next((row.grade for row in sheet.scores.all() if row.dimension.code == code), None)

    return read


def _others(sheet: ScoreSheet) -> str:
    """Return the grades of dimensions that a later version of the criteria added."""
    if sheet.state != SheetState.SUBMITTED:
        return ""
    rows = [row for row in sheet.scores.all() if row.dimension.code not in DIMENSION_LABELS]
    return listed(f"{row.dimension} {row.grade}" for row in rows)


def _beside(ids: list[int], user: User, columns: tuple[str, ...]) -> dict[str, dict[int, Any]]:
    """Return value and cost of the units of these sheets."""
    del user
    if not {"value", "cost"} & set(columns):
        return {}
    units = dict(ScoreSheet.objects.filter(pk__in=ids).values_list("pk", "unit_id"))
    found = balances_of(sorted(set(units.values())), business_date())
    return {
        "value": {pk: found[unit].balance.value for pk, unit in units.items()},
        "cost": {pk: found[unit].balance.cost for pk, unit in units.items()},
    }


SHEETS = register_list(
    ListSpec(
        key="accounts.score_sheets",
        url="/accounts/evaluations/sheets/",
        title=_("Score sheets"),
        rows=_rows,
        columns=(
            Column(
                "unit",
                _("Unit"),
                lambda s: Name(s.unit.name, sub=s.round.name, tier=s.unit.tier, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("round", _("Round"), "round.name", is_shown=False),
            Column("points", _("Points"), "points", kind="number", sort="points", phone="right"),
            *(
                Column(f"d_{code}", label, _grade(code), kind="number", is_shown=False)
                for code, label in DIMENSION_LABELS.items()
            ),
            Column("others", _("Other grades"), _others, is_shown=False),
            Column(
                "state",
                _("State"),
                lambda s: (_TONES[SheetState(s.state)], s.get_state_display()),
                kind="badge",
                phone="left",
            ),
            Column("decision", _("Decision"), lambda s: s.get_decision_display() if s.decision else ""),
            Column("scorer", _("Scored by"), "scorer.name", phone="foot"),
            Column(
                "submitted", _("Submitted on"), "submitted_on", kind="date", sort="submitted", phone="end"
            ),
            Column("value", _("Value in yuan"), lambda s: beside(s, "value"), kind="money", is_shown=False),
            Column("cost", _("Cost in yuan"), lambda s: beside(s, "cost"), kind="money", is_shown=False),
            Column("comment", _("Comment"), "comment", is_shown=False),
            Column("reason", _("Reason"), "reason", is_shown=False),
        ),
        sorts=(
            Sort("points", _("Most points"), "points", descending=True, nullable=True),
            Sort("submitted", _("Newest"), "submitted_on", descending=True, nullable=True),
        ),
        count_words=lambda count, words: (
            ngettext("%(n)s score sheet", "%(n)s score sheets", count) % {"n": words}
        ),
        filterset=SheetFilter,
        search=_search,
        search_hint=_("Name, pinyin, code of the unit"),
        row_url=lambda s: s.get_absolute_url(),
        views=(
            View("all", _("All")),
            View("waiting", _("Still to be scored"), "state=open&state=draft"),
            View("focus", _("Focus"), "decision=focus"),
        ),
        beside=_beside,
        empty=Empty(
            _("No score sheets"),
            _("A manager opens a round of evaluation; its units stand here."),
            icon="scale",
        ),
    )
)
