"""How the rows of this app follow a merge; rooms of the apps above declare their own in their registers.py (docs/adr/0017)."""

from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from accounts.merge.registry import declare, register_rows, register_words
from accounts.merge.terms import How
from accounts.units.labels import FIELD_LABELS
from accounts.units.models import KeyAccount, Observation
from accounts.units.selectors import value_text
from accounts.units.terms import Field
from kam.core.days import say_day
from kam.users.models import User

declare(
    How.MOVE,
    *("accounts.KeyAccount.parent", "accounts.Person.unit", "accounts.Observation.unit"),
    *("accounts.KeyPersonPeriod.unit", "accounts.KeyPersonChange.unit", "accounts.ProductPosition.unit"),
    *(
        "accounts.Contact.unit",
        "accounts.Complaint.unit",
        "accounts.CooperationReport.unit",
        "accounts.ServiceRound.unit",
    ),
    *("accounts.Suggestion.unit", "accounts.SupportRequest.unit", "accounts.Article.unit"),
    *("accounts.Need.unit", "accounts.QualificationEvidence.unit", "accounts.RedFlag.unit"),
    *("accounts.StrengtheningSheet.unit", "accounts.Invitation.unit", "accounts.ServicePlan.unit"),
    "accounts.ServicePlanReview.unit",
)
#: Revisions of one document: the survivor's own, or all of the other's.
declare(How.TOGETHER, "accounts.DecisionFlow.unit", "accounts.Swot.unit", "accounts.AccountPlan.unit")
#: The life of the file itself. KPIs of development and churn read it: two lives in one would be a third that nobody lived.
declare(
    How.STAY,
    *("accounts.KeyAccount.merged_into", "accounts.Ownership.unit", "accounts.StatusChange.unit"),
    *("accounts.TierChange.unit", "accounts.PhaseChange.unit", "accounts.ScoreSheet.unit"),
    *("accounts.FocusPeriod.unit", "accounts.PoolEvent.unit", "accounts.Transfer.unit"),
    *("accounts.TierProposal.unit", "accounts.CoreChange.unit", "accounts.DirtyUnit.unit"),
    *("accounts.FlagCheck.unit", "accounts.Merge.survivor_unit", "accounts.Merge.loser_unit"),
)
declare(
    How.MOVE,
    *("accounts.Person.reports_to", "accounts.PersonRole.person", "accounts.PersonFact.person"),
    *("accounts.KeyPersonPeriod.person", "accounts.KeyPersonChange.person", "accounts.Relation.person"),
    *("accounts.Relation.other", "accounts.DecisionStep.person", "accounts.ContactPerson.person"),
    *("accounts.Complaint.person", "accounts.Suggestion.person", "accounts.Need.person"),
    *("accounts.RedFlag.person", "accounts.RelationshipLevel.person", "accounts.InsiderPlan.person"),
    *("accounts.StrengtheningSheet.person", "accounts.Invitation.person", "accounts.ServicePlan.person"),
)
declare(
    How.STAY, "accounts.Person.merged_into", "accounts.Merge.survivor_person", "accounts.Merge.loser_person"
)


def _as_the_unit(model: str) -> None:
    """Rows of this table are seen by whoever sees their unit."""

    def rows(user: User) -> QuerySet[Any]:
        manager = apps.get_model("accounts", model)._default_manager  # noqa: SLF001 -- Django's documented API
        found: QuerySet[Any] = manager.filter(unit__in=KeyAccount.objects.visible_to(user))
        return found

    register_rows(f"accounts.{model}.unit", rows)


for _model in ("KeyPersonChange", "ServicePlanReview"):
    _as_the_unit(_model)


def _observation(row: Observation) -> str:
    return f"{FIELD_LABELS[Field(row.field)]}: {value_text(row.field, row.value)} · {say_day(row.learned_on)}"


register_words("accounts.Observation.unit", _observation)
