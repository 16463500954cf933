"""How the rows of this app follow a merge; rooms of the apps above declare their own in their registers.py (docs/adr/0017)."""

from typing import Any

from django.apps import apps
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from accounts.merge.registry import declare, register_rows, register_words
from accounts.merge.terms import How
from accounts.persons.models import Person
from accounts.units.labels import FIELD_LABELS
from accounts.units.models import KeyAccount, Observation
from accounts.units.selectors import value_text
from accounts.units.terms import Field
from kam.core.days import say_day
from kam.files.models import Attachment
from kam.notes.models import Note, Task
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


def _about(named: str, user: User) -> Q:
    """Rows about what the reader sees: a table of the ground names a unit or a person by kind and number."""
    found = Q()
    for kind, seen in (
        ("accounts.unit", KeyAccount.objects.visible_to(user)),
        ("accounts.person", Person.objects.visible_to(user)),
    ):
        numbers = seen.order_by().annotate(number=Cast("pk", CharField())).values("number")
        found |= Q(**{f"{named}_kind": kind, f"{named}_id__in": numbers})
    return found


def _tasks(user: User) -> QuerySet[Task]:
    """Open tasks, as the record of their unit shows them; done ones as their own page does."""
    mine = Task.objects.visible_to(user).values("pk")
    return Task.objects.filter(Q(pk__in=mine) | Q(done_at=None) & _about("subject", user))


register_rows("notes.Task.subject_id", _tasks)
register_rows(
    "notes.Note.subject_id", lambda user: Note.objects.filter(_about("subject", user), deleted_at=None)
)
register_rows(
    "files.Attachment.owner_id",
    lambda user: Attachment.objects.filter(_about("owner", user), removed_at=None),
)
register_words(
    "notes.Task.subject_id",
    lambda row: " · ".join(
        filter(None, (row.text, row.assignee.name, say_day(row.due_on) if row.due_on else ""))
    ),
)
register_words("notes.Note.subject_id", lambda row: f"{row} · {row.by.name}")


def _observation(row: Observation) -> str:
    return f"{FIELD_LABELS[Field(row.field)]}: {value_text(row.field, row.value)} · {say_day(row.learned_on)}"


register_words("accounts.Observation.unit", _observation)
