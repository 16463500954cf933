"""Customers' suggestions, support asked of other departments, articles and cases with revisions, training, service standards."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.knowledge.labels import (
    ARTICLE_LABELS,
    BETTER_LABELS,
    CATEGORY_LABELS,
    DEPARTMENT_LABELS,
    SUGGESTION_LABELS,
    SUPPORT_LABELS,
)
from accounts.knowledge.terms import ArticleKind, SuggestionState, SupportState
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import Reach, owned_rows, scope_of


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: User) -> Self:
        """Suggestions of the units that `user` sees, and those they answer."""
        seen = owned_rows(user, owner="unit__owner", team="unit__team")
        # No condition at all means everything: widening it would narrow it.
        return self.filter(seen | Q(owner=user)) if seen and user.is_active else self.filter(seen)

    def unanswered(self) -> Self:
        return self.filter(answered_on__isnull=True)


class Suggestion(Stamped, Versioned):
    """What a customer wishes or proposes (S-247, S-274): answered in time, and passed on to who can do it."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="suggestions", verbose_name=_("unit"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who said it")
    )
    text = models.TextField(_("suggestion"), max_length=4000)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("to be answered by"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="suggestions", verbose_name=_("answered by")
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("our answer"), max_length=4000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=list(SUGGESTION_LABELS.items()), default=SuggestionState.RECEIVED
    )
    state_on = models.DateField(_("in this state since"))
    department = models.CharField(
        _("passed on to"), max_length=12, choices=list(DEPARTMENT_LABELS.items()), blank=True
    )
    outcome = models.TextField(_("what came of it"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer’s suggestion")
        verbose_name_plural = _("customers’ suggestions")
        ordering = ("-received_on", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "-received_on", "-id"], name="suggestion_by_unit"),
            models.Index(
                fields=["owner", "due_on"], condition=Q(answered_on__isnull=True), name="suggestion_open"
            ),
            models.Index(fields=["-received_on", "-id"], name="suggestion_newest"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=list(SuggestionState)), name="suggestion_state_known"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                | Q(answered_on__isnull=False) & ~Q(answer=""),
                name="suggestion_answered_says_what",
            ),
            models.CheckConstraint(
                condition=~Q(state="passed_on") | ~Q(department=""), name="suggestion_passed_on_to_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "declined"]) | ~Q(outcome=""),
                name="suggestion_settled_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("suggestion", args=[self.pk])


class SupportQuerySet(models.QuerySet["SupportRequest"]):
    def visible_to(self, user: User) -> Self:
        """What one asked for, what one is asked for; leads and managers their team's, above the whole department's."""
        scope = scope_of(user)
        if scope.reach is Reach.DEPARTMENT:
            return self
        if not user.is_active:
            return self.none()
        own = Q(asked_by=user) | Q(helper=user)
        team = Q(asked_by__memberships__team__in=scope.team_ids, asked_by__memberships__ended_on__isnull=True)
        return self.filter(
            pk__in=self.model.objects.filter(own | team if scope.team_ids else own).values("pk")
        )

    def open(self) -> Self:
        return self.filter(state__in=[SupportState.REQUESTED, SupportState.ACCEPTED])


class SupportRequest(Stamped, Versioned):
    """Help asked of another department, with a due day and what came of it (S-261, S-266)."""

    unit = models.ForeignKey(
        KeyAccount, models.PROTECT, null=True, blank=True, related_name="support_requests"
    )
    department = models.CharField(_("department"), max_length=12, choices=list(DEPARTMENT_LABELS.items()))
    text = models.TextField(_("what is needed"), max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="support_asked", verbose_name=_("asked by")
    )
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="support_given", verbose_name=_("who helps")
    )
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=10, choices=list(SUPPORT_LABELS.items()), default=SupportState.REQUESTED
    )
    settled_on = models.DateField(_("done or refused on"), null=True, blank=True)
    outcome = models.TextField(_("what came of it"), max_length=2000, blank=True)
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("support request")
        verbose_name_plural = _("support requests")
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["helper", "due_on"], name="support_by_helper"),
            models.Index(fields=["asked_by", "due_on"], name="support_by_asker"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(SupportState)), name="support_state_known"),
            models.CheckConstraint(condition=~Q(helper=F("asked_by")), name="support_not_of_oneself"),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "accepted"], settled_on__isnull=True)
                | Q(state__in=["done", "refused"], settled_on__isnull=False) & ~Q(outcome=""),
                name="support_settled_says_how",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5), state="done"),
                name="support_rated_when_done",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("support-request", args=[self.pk])


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who works here reads; who may write sees what was retired too."""
        return self if user.is_active else self.none()

    def current(self) -> Self:
        return self.filter(retired_on__isnull=True)


class Article(Stamped, Versioned):
    """Something to know or a case; the words stand in revisions, here is what lists and search need."""

    kind = models.CharField(_("kind"), max_length=8, choices=list(ARTICLE_LABELS.items()))
    category = models.CharField(_("category"), max_length=14, choices=list(CATEGORY_LABELS.items()))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=20_000)
    unit = models.ForeignKey(KeyAccount, models.PROTECT, null=True, blank=True, related_name="cases")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    revised_on = models.DateField(_("revised on"))
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    pinyin = models.CharField(max_length=1000, blank=True, editable=False)
    initials = models.CharField(max_length=400, blank=True, editable=False)
    bigrams = ArrayField(models.CharField(max_length=8), default=list, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("knowledge article")
        verbose_name_plural = _("knowledge articles")
        ordering = ("-revised_on", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-revised_on", "-id"], name="article_newest"),
            GinIndex(fields=["bigrams"], name="article_bigrams"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=list(ArticleKind)), name="article_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="case", category__in=["retention", "development", "complaint"])
                | Q(kind="article", unit__isnull=True)
                & ~Q(category__in=["retention", "development", "complaint"]),
                name="article_category_fits",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])


class ArticleRevision(Stamped):
    """What an article said from a day on; added, never changed."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("revision"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("revision of an article")
        verbose_name_plural = _("revisions of articles")
        ordering = ("article", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["article", "number"], name="article_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"


class ArticleReading(models.Model):
    """Somebody has read a revision."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="readings")
    revision = models.PositiveSmallIntegerField(_("revision"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("read at"))

    class Meta:
        verbose_name = _("reading of an article")
        verbose_name_plural = _("readings of articles")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["article", "revision", "user"], name="article_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.article}"


class Training(Stamped, Versioned):
    """A training session: day, trainer, what it is about, who takes part (S-148)."""

    title = models.CharField(_("title"), max_length=200)
    category = models.CharField(_("category"), max_length=14, choices=list(CATEGORY_LABELS.items()))
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"))
    ends_at = models.TimeField(_("ends at"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    trainer = models.CharField(_("trainer"), max_length=120)
    materials = models.TextField(_("materials"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        ordering = ("-on", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="training_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("training", args=[self.pk])


class TrainingPlace(Stamped):
    """A colleague's place in a training: came or not, and the result."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="places")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="trainings")
    attended = models.BooleanField(_("took part"), null=True)
    result = models.CharField(_("result"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("place in a training")
        verbose_name_plural = _("places in trainings")
        ordering = ("user__name", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["training", "user"], name="training_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.training} · {self.user}"


class ServiceStandard(Stamped):
    """What customers may expect of us (S-248): a measure and its target; the words are data, hence columns."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("standard"), max_length=300)
    label_zh_hans = models.CharField(_("in Simplified Chinese"), max_length=300, blank=True)
    label_zh_hant = models.CharField(_("in Traditional Chinese"), max_length=300, blank=True)
    measure = models.CharField(
        _("measure"), max_length=40, blank=True, help_text=_("Blank where KAM cannot know the actual figure.")
    )
    better = models.CharField(_("target is"), max_length=8, choices=list(BETTER_LABELS.items()))
    target = models.DecimalField(_("target"), max_digits=8, decimal_places=2)
    place = models.PositiveSmallIntegerField(_("order"), default=0)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        verbose_name = _("service standard")
        verbose_name_plural = _("service standards")
        ordering = ("place", "pk")

    def __str__(self) -> str:
        column = {"zh-hans": "label_zh_hans", "zh-hant": "label_zh_hant"}.get(get_language() or "", "label")
        return str(getattr(self, column) or self.label)
