"""The acts on a preparation."""

from collections.abc import Mapping

from django.db import transaction

from accounts.units.services import mark_dirty
from kam.audit.services import changed_fields, record
from kam.users.models import User
from visits.plans import services as plans
from visits.plans.models import PlanLine
from visits.preparation.models import PreparationSheet, SelfAnswer
from visits.preparation.terms import Judgement, SelfQuestion

Answers = Mapping[SelfQuestion, tuple[str, Judgement]]


@transaction.atomic
def save_preparation(
    line: PlanLine, *, by: User, outline: str, answers: Answers, homework: str = "", next_questions: str = ""
) -> PreparationSheet:
    """Keep the outline, the answers to the self-questions, the homework, and what to ask next time."""
    if line.is_planned:
        plans.set_outline(line, outline, by=by)
    sheet, made = PreparationSheet.objects.select_for_update().get_or_create(line=line, defaults={"by": by})
    values = {"homework": homework, "next_questions": next_questions}
    changes = changed_fields(sheet, values)
    old = {a.question: a.text for a in sheet.answers.all()}
    new = {question.value: text for question, (text, _judgement) in answers.items() if text}
    if new != {k: v for k, v in old.items() if v}:
        changes["answers"] = (len([v for v in old.values() if v]), len(new))
    if not changes and not made:
        return sheet
    for name, value in values.items():
        setattr(sheet, name, value)
    sheet.version += 1
    sheet.save(update_fields=[*values, "version", "updated_at"])
    sheet.answers.all().delete()
    SelfAnswer.objects.bulk_create(
        SelfAnswer(sheet=sheet, question=question, text=text, judgement=judgement)
        for question, (text, judgement) in answers.items()
        if text
    )
    record("visits.preparation.saved", sheet, by=by, changes=changes)
    if line.unit_id is not None:
        mark_dirty(line.unit_id)
    return sheet
