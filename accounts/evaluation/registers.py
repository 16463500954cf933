"""What evaluation gives to the frames: acts, facts and costs, the tab, Today, handover, the rule change, the demo."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.evaluation import tables as tables  # the list becomes known to workers
from accounts.evaluation.criteria import apply_criteria, check_criteria, last_criteria, preview_criteria
from accounts.evaluation.demo import play_closed_round, play_running_round
from accounts.evaluation.forms import CriteriaForm
from accounts.evaluation.hints import (
    HOUR_COST,
    VISIT_HOURS,
    competition_hint,
    coverage_hint,
    needs_hint,
    observed_hint,
    visits_cost,
)
from accounts.evaluation.models import ScoreSheet
from accounts.evaluation.permissions import can_decide_focus, can_open_rounds
from accounts.evaluation.registry import Cost, Hint, register_cost, register_hint
from accounts.evaluation.selectors import (
    SHEETS_DUE,
    balances_of,
    focus_history,
    latest_sheets,
    stages_of,
)
from accounts.evaluation.services import change_scorer, follow_owner
from accounts.units.labels import FIELD_LABELS
from accounts.units.models import KeyAccount
from accounts.units.permissions import sees_unit
from accounts.units.registry import GoesAlong, Panel, register_goes_along, register_panel
from accounts.units.terms import Field
from kam.approvals.rule_changes.registry import RuleKind, register_rule_kind
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import register_action, register_page
from kam.settings_rows.registry import define
from kam.today.registry import Section, register_section
from kam.today.terms import Exit
from kam.users.models import User
from kam.users.scopes import Reach, know_scopes, scope_of
from kam.users.terms import SELLERS

register_act("accounts.evaluation.opened", _("Round of evaluation opened"))
register_act("accounts.evaluation.submitted", _("Score sheet submitted"))
register_act("accounts.evaluation.returned", _("Score sheet returned"))
register_act("accounts.evaluation.scorer_changed", _("Scorer changed"))
register_act("accounts.evaluation.decided", _("Decided about the focus"))
register_act("accounts.evaluation.closed", _("Round of evaluation closed"))
register_act("accounts.evaluation.criteria_replaced", _("Criteria of evaluation replaced"))
register_act("accounts.unit.focus_changed", _("Focus changed"))

_GROUP = _("Evaluation")
define(HOUR_COST, Decimal(150), label=_("Cost of an hour of ours"), unit=_("yuan"), group=_GROUP)
define(
    VISIT_HOURS, Decimal("2.5"), label=_("Hours a visit takes, with the way"), unit=_("hours"), group=_GROUP
)

for _field in (Field.PURCHASING_POWER, Field.PURCHASE_INTENTION, Field.HEADCOUNT):
    register_hint(Hint(_field.value, FIELD_LABELS[_field], observed_hint(_field)))
register_hint(Hint("coverage", _("Role coverage"), coverage_hint))
register_hint(Hint("needs", _("Needs"), needs_hint))
register_hint(Hint("competition", _("Product chart"), competition_hint))
register_cost(
    Cost(
        "visits", _("visits, estimated from hours and the cost of an hour"), 10, visits_cost, is_estimate=True
    )
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    latest = latest_sheets([unit.pk]).first()
    rows = ScoreSheet.objects.filter(unit=unit).select_related("round", "scorer")
    return {
        "latest": latest,
        "sheets": rows.order_by("-round__due_on", "-pk")[:20],
        "periods": focus_history(unit),
        "stages": stages_of(unit, is_evaluated=latest is not None),
        "balance": balances_of([unit.pk], business_date())[unit.pk],
        "may_decide": can_decide_focus(user, unit),
    }


register_panel(Panel("evaluation", _("Evaluation"), 32, "accounts/evaluation/_tab.html", _tab))

#: So many days before a sheet is due it stands on Today.
AHEAD = timedelta(days=7)


def due_soon(users: Sequence[User], day: date) -> dict[int, list[ScoreSheet]]:
    """Return user → sheets due within a week or overdue, of units they still see: another's sheet would not open."""
    due = SHEETS_DUE(users, day)
    know_scopes(
        user for user in users if any(sheet.unit.owner_id != user.pk for sheet in due.get(user.pk, ()))
    )
    found = {
        user.pk: [
            sheet
            for sheet in due.get(user.pk, [])
            if sheet.round.due_on <= day + AHEAD and sees_unit(user, sheet.unit)
        ]
        for user in users
    }
    return {pk: sheets for pk, sheets in found.items() if sheets}


def text_of_due(sheets: Sequence[ScoreSheet]) -> str:
    """Return the sheets in plain lines for a mail."""
    return "\n".join(
        f"- {sheet.unit.name} · {sheet.round.name} · {say_day(sheet.round.due_on)}" for sheet in sheets
    )


register_section(
    Section(
        key="evaluation_due",
        label=_("Units to score"),
        order=155,
        slots=(Exit.TODAY, Exit.PLAN),
        positions=SELLERS,
        collect=due_soon,
        asks=(SHEETS_DUE,),
        template="accounts/evaluation/_today.html",
        text=text_of_due,
        summary=lambda data: (
            ngettext("%(n)s unit to score", "%(n)s units to score", len(data)) % {"n": len(data)}
        ),
    )
)


def _held(user: User) -> list[HoldingRow]:
    """Open sheets of others' units; those of their own go along with the unit."""
    rows = [
        row for row in SHEETS_DUE([user], business_date()).get(user.pk, []) if row.unit.owner_id != user.pk
    ]
    return [HoldingRow(str(row.pk), row.unit.name, row.round.name, row.get_absolute_url()) for row in rows]


def _move(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    for sheet in ScoreSheet.objects.filter(pk__in=row_ids, scorer=frm).order_by("pk"):
        change_scorer(sheet, scorer=to, by=by)


def _waiting(owner: User) -> dict[int, int]:
    rows = SHEETS_DUE([owner], business_date()).get(owner.pk, [])
    return Counter(row.unit_id for row in rows if row.unit.owner_id == owner.pk)


register_goes_along(
    GoesAlong(
        "score_sheets",
        30,
        lambda n: ngettext("%(n)s score sheet", "%(n)s score sheets", n) % {"n": n},
        follow_owner,
        _waiting,
    )
)
register_holding(Holding("accounts.score_sheets", _("Score sheets"), _held, _move, order=60))
register_rule_kind(
    RuleKind(
        key="evaluation",
        label=_("Criteria of evaluation"),
        form=CriteriaForm,
        preview=preview_criteria,
        check=check_criteria,
        apply=apply_criteria,
        begin=lambda _of: last_criteria(),
    )
)
register_part(45, "evaluation, closed", play_closed_round)
register_part(83, "evaluation, running", play_running_round)


def _may_see(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


register_page(
    "accounts.evaluations",
    _("Evaluations"),
    "/accounts/evaluations/",
    icon="scale",
    visible=_may_see,
    order=16,
)
register_action(
    "accounts.score_sheets", _("Score sheets"), "/accounts/evaluations/sheets/", icon="list", visible=_may_see
)
register_action(
    "accounts.compare", _("Compare units"), "/accounts/evaluations/compare/", icon="columns", visible=_may_see
)
register_action(
    "accounts.evaluation.new",
    _("New round of evaluation"),
    "/accounts/evaluations/new/",
    icon="scale",
    visible=can_open_rounds,
)
