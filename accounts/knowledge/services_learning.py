"""The acts of learning: write, revise, retire and read an article; hold a training; set a service standard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.knowledge.labels import PROBLEMS
from accounts.knowledge.models import (
    Article,
    ArticleReading,
    ArticleRevision,
    ServiceStandard,
    Training,
    TrainingPlace,
)
from accounts.knowledge.registry import is_measure, take_time
from accounts.knowledge.rules import category_fits
from accounts.knowledge.services import STALE
from accounts.knowledge.terms import ArticleKind, Category
from accounts.units.models import KeyAccount
from kam.audit.services import changed_fields, record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.search.services import search_keys
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class Words:
    """What an article says, and where it belongs."""

    kind: ArticleKind
    category: Category
    title: str
    text: str
    unit: KeyAccount | None = None


@transaction.atomic
def write_article(words: Words, *, by: User) -> Article:
    """Publish an article or a case."""
    values = _columns(words)
    made = Article.objects.create(author=by, revised_on=business_date(), **values)
    _keep_revision(made, by)
    record("accounts.article.written", made, by=by, changes={"category": (None, made.category)})
    return made


@transaction.atomic
def revise_article(article: Article, words: Words, *, by: User, version: int | None = None) -> Article:
    """Say it anew: the next revision, to be read again; the same words write nothing."""
    row = locked(Article.objects.filter(pk=article.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(STALE, code="stale")
    if row.retired_on is not None:
        raise BusinessError(_("This article was retired."), code="retired")
    changes = changed_fields(row, _columns(words))
    if not changes:
        return row
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    row.revision += 1
    row.version += 1
    row.revised_on = business_date()
    row.save(update_fields=[*changes, "revision", "version", "revised_on"])
    _keep_revision(row, by)
    record("accounts.article.revised", row, by=by, changes={"revision": (row.revision - 1, row.revision)})
    return row


def _columns(words: Words) -> dict[str, Any]:
    title, text = words.title.strip(), words.text.strip()
    if not title or not text:
        raise BusinessError(
            _("An article has a title and a text."), code="empty", field="title" if not title else "text"
        )
    if not category_fits(words.kind, words.category):
        raise BusinessError(PROBLEMS["category"], code="category", field="category")
    keys = search_keys(title)
    return {
        "kind": words.kind,
        "category": words.category,
        "title": title,
        "text": text,
        "unit": words.unit if words.kind is ArticleKind.CASE else None,
        "pinyin": keys.pinyin,
        "initials": keys.initials,
        "bigrams": list(keys.bigrams),
    }


def _keep_revision(row: Article, by: User) -> None:
    ArticleRevision.objects.create(article=row, number=row.revision, title=row.title, text=row.text, by=by)


@transaction.atomic
def retire_article(article: Article, *, by: User) -> Article:
    """Take an article out of the list; who wrote and read it stays."""
    row = locked(Article.objects.filter(pk=article.pk)).get()
    if row.retired_on is None:
        row.retired_on = business_date()
        row.version += 1
        row.save(update_fields=["retired_on", "version"])
        record("accounts.article.retired", row, by=by)
    return row


@transaction.atomic
def note_reading(article: Article, *, by: User) -> ArticleReading:
    """Note that somebody has read the present revision; a second time changes nothing."""
    row, made = ArticleReading.objects.get_or_create(
        article=article, revision=article.revision, user=by, defaults={"at": timezone.now()}
    )
    if made:
        record("accounts.article.read", article, by=by, changes={"revision": (None, article.revision)})
    return row


@transaction.atomic
def plan_training(values: Mapping[str, Any], people: Iterable[User], *, by: User) -> Training:
    """Set a training session and who takes part."""
    if values["ends_at"] <= values["starts_at"]:
        raise BusinessError(_("It ends before it begins."), code="times", field="ends_at")
    made = Training.objects.create(by=by, **values)
    record("accounts.training.planned", made, by=by, changes={"on": (None, made.on)})
    add_participants(made, people, by=by)
    return made


@transaction.atomic
def add_participants(training: Training, people: Iterable[User], *, by: User) -> int:
    """Give places to these people, and book their time; who has a place keeps it. Return how many are new.

    Refused as a whole where somebody is elsewhere at that time.
    """
    row = locked(Training.objects.filter(pk=training.pk)).get()
    there = set(row.places.values_list("user_id", flat=True))
    new = [person for person in people if person.is_active and person.pk not in there]
    TrainingPlace.objects.bulk_create(TrainingPlace(training=row, user=person) for person in new)
    if new:
        take_time(row, [place.user for place in row.places.select_related("user")])
        names = [person.name for person in new]
        record("accounts.training.participants", row, by=by, changes={"participants": (None, names)})
    return len(new)


@transaction.atomic
def note_result(place: TrainingPlace, *, attended: bool, result: str, by: User) -> TrainingPlace:
    """Write down who took part, and what came of it; not before the day."""
    row = locked(TrainingPlace.objects.filter(pk=place.pk)).get()
    if row.training.on > business_date():
        raise BusinessError(_("This day is still to come."), code="future")
    changes = changed_fields(row, {"attended": attended, "result": result.strip()[:200]})
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    if changes:
        row.save(update_fields=[*changes])
        record("accounts.training.result", row, by=by, changes=changes)
    return row


@transaction.atomic
def add_standard(values: Mapping[str, Any], *, by: User) -> ServiceStandard:
    """Add a service standard; its code is for ever."""
    _check_measure(values)
    row = ServiceStandard.objects.create(**values)
    record("accounts.standard.added", row, by=by, changes={"target": (None, row.target)})
    return row


@transaction.atomic
def change_standard(standard: ServiceStandard, values: Mapping[str, Any], *, by: User) -> ServiceStandard:
    """Reword, retarget, reorder or retire a standard."""
    row = locked(ServiceStandard.objects.filter(pk=standard.pk)).get()
    _check_measure(values)
    changes = changed_fields(row, {name: value for name, value in values.items() if name != "code"})
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    if changes:
        row.save(update_fields=[*changes])
        record("accounts.standard.changed", row, by=by, changes=changes)
    return row


def _check_measure(values: Mapping[str, Any]) -> None:
    measure = values.get("measure", "")
    if measure and not is_measure(measure):
        raise BusinessError(_("There is no measure of this name."), code="measure", field="measure")
