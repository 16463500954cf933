"""Questionnaires in versions, rounds, invitations with a hashed token, answers that are added and never changed."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.satisfaction.labels import KIND_LABELS, VIA_LABELS
from accounts.satisfaction.rules import QuestionSpec, state_of
from accounts.satisfaction.terms import InvitationState, QuestionKind
from accounts.units.models import KeyAccount
from kam.core.models import Stamped
from kam.users.models import User
from kam.users.scopes import Reach, owned_rows, scope_of

#: The order of the languages in what is kept in all of them.
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
_PLACES = {"zh-hans": 1, "zh-hant": 2}


def in_language(words: tuple[str, ...] | list[str]) -> str:
    """Return the words of the active language of English, Simplified, Traditional."""
    return words[_PLACES.get(get_language() or "", 0)]


class Questionnaire(Stamped):
    """What customers are asked; its questions stand in versions, so that an answer keeps the question it was given to."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_zh_hans = models.CharField(_("title in Simplified Chinese"), max_length=120, blank=True)
    title_zh_hant = models.CharField(_("title in Traditional Chinese"), max_length=120, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ("code",)

    def __str__(self) -> str:
        return in_language(
            [
                self.title,
                self.title_zh_hans or self.title,
                self.title_zh_hant or self.title_zh_hans or self.title,
            ]
        )


class QuestionnaireVersion(Stamped):
    """The questions as they stood from a moment on; added, never changed."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        ordering = ("questionnaire", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} · {self.number}"


class Question(Stamped):
    """One question of a version, in three languages."""

    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="questions")
    place = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=list(KIND_LABELS.items()))
    texts = models.JSONField(_("question in three languages"))
    choices = models.JSONField(_("choices in three languages"), default=list, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("version", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "place"], name="question_place_once"),
            models.CheckConstraint(condition=Q(kind__in=list(QuestionKind)), name="question_kind_known"),
        ]

    def __str__(self) -> str:
        return in_language(self.texts)

    @property
    def spec(self) -> QuestionSpec:
        first, second, third = self.texts
        choices = tuple((one, two, three) for one, two, three in self.choices)
        return QuestionSpec(QuestionKind(self.kind), (first, second, third), choices, self.is_required)

    @property
    def spoken(self) -> list[tuple[str, str, str]]:
        """Each language with its code, the question, and its choices."""
        choices = [" · ".join(words) for words in zip(*self.choices, strict=True)] or ["", "", ""]
        return list(zip(LANGUAGES, self.texts, choices, strict=True))

    @property
    def choice_words(self) -> list[str]:
        return [in_language(choice) for choice in self.choices]


class SurveyRoundQuerySet(models.QuerySet["SurveyRound"]):
    def visible_to(self, user: User) -> Self:
        """Open rounds for whoever may ask, and rounds in which a unit of theirs was asked; all for who sees the department."""
        reach = scope_of(user).reach
        if reach is Reach.NOTHING:
            return self.none()
        if reach is Reach.DEPARTMENT:
            return self
        asked = Invitation.objects.visible_to(user).values("round")
        return self.filter(Q(pk__in=asked) | Q(ends_at__gt=timezone.now()))

    def open(self) -> Self:
        return self.filter(ends_at__gt=timezone.now())


class SurveyRound(Stamped):
    """One time that customers are asked with one version of a questionnaire."""

    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="rounds")
    title = models.CharField(_("title"), max_length=120)
    ends_at = models.DateTimeField(_("open until"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = SurveyRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey round")
        verbose_name_plural = _("survey rounds")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("survey-round", args=[self.pk])


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def answered(self) -> Self:
        return self.filter(response__isnull=False)


class Invitation(Stamped):
    """One person of a unit is asked. The link is made from `nonce` and the server's key; only its hash is stored."""

    round = models.ForeignKey(SurveyRound, models.PROTECT, related_name="invitations")
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="invitations", verbose_name=_("unit"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("person")
    )
    nonce = models.CharField(max_length=40, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("open until"))
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("first opened at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    source_label = models.CharField(max_length=300, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to surveys")
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "-id"], name="invitation_by_unit"),
            models.Index(fields=["source_kind", "source_id"], name="invitation_by_source"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="invitation_once_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.person.name}" if self.person else str(self.unit)

    @property
    def state(self) -> InvitationState:
        """Where it stands now; read `response` along with the rows."""
        return state_of(
            timezone.now(),
            expires_at=self.expires_at,
            answered=hasattr(self, "response"),
            withdrawn=self.withdrawn_at is not None,
        )

    def get_absolute_url(self) -> str:
        return reverse("invitation", args=[self.pk])


class Response(Stamped):
    """The answers of one person: once, for ever. `score` is the mean of the scores, `recommends` the 0–10."""

    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="response")
    answered_on = models.DateField(_("answered on"))
    via = models.CharField(_("how"), max_length=8, choices=list(VIA_LABELS.items()))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    score = models.DecimalField(_("score"), max_digits=3, decimal_places=2, null=True)
    recommends = models.PositiveSmallIntegerField(_("recommends us"), null=True)
    is_low = models.BooleanField(_("low"), default=False)

    class Meta:
        verbose_name = _("answered survey")
        verbose_name_plural = _("answered surveys")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(score__isnull=True) | Q(score__range=(1, 5)))
                & (Q(recommends__isnull=True) | Q(recommends__lte=10)),
                name="response_in_scale",
            ),
            models.CheckConstraint(
                condition=Q(via="link", by__isnull=True) | Q(via="visit", by__isnull=False),
                name="response_written_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.invitation)


class Answer(models.Model):
    """What was answered to one question."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField(null=True)
    chosen = models.JSONField(default=list)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("response", "question__place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["response", "question"], name="answer_once_a_question")
        ]

    def __str__(self) -> str:
        return self.text or str(self.number if self.number is not None else self.words)

    @property
    def words(self) -> list[str]:
        """The chosen choices in the reader's language."""
        offered = self.question.choice_words
        return [offered[place] for place in self.chosen]
