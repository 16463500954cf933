"""What somebody thought through before a meeting: the five self-questions, answered, and what to ask next time (S-058, S-059)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows
from visits.preparation.terms import Judgement, SelfQuestion

JUDGEMENT_LABELS = {
    Judgement.GOOD: _("clear"),
    Judgement.CARE: _("take care"),
    Judgement.DANGER: _("minefield"),
    Judgement.OPEN: _("not answered"),
}


class PreparationSheetQuerySet(models.QuerySet["PreparationSheet"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="line__plan__user", team="line__plan__team"))


class PreparationSheet(Stamped, Versioned):
    """The preparation of one planned meeting. The outline itself is `line.questions`."""

    line = models.OneToOneField("visits.PlanLine", models.PROTECT, related_name="preparation")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="preparations")
    next_questions = models.TextField(_("questions for next time"), blank=True)
    homework = models.TextField(_("homework on the decision process"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PreparationSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("preparation sheet")
        verbose_name_plural = _("preparation sheets")

    def __str__(self) -> str:
        return str(self.line)


class SelfAnswer(models.Model):
    """One answer to one of the self-questions."""

    sheet = models.ForeignKey(PreparationSheet, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=4, choices=[(q.value, q.value) for q in SelfQuestion])
    text = models.TextField(_("answer"), blank=True)
    judgement = models.CharField(
        _("judgement"),
        max_length=10,
        choices=[(j.value, JUDGEMENT_LABELS[j]) for j in Judgement],
        default=Judgement.OPEN,
    )

    class Meta:
        verbose_name = _("answer to a self-question")
        verbose_name_plural = _("answers to the self-questions")
        ordering = ("question",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "question"], name="self_answer_once"),
            models.CheckConstraint(
                condition=Q(question__in=[q.value for q in SelfQuestion]), name="self_answer_question_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.text[:60]}"
