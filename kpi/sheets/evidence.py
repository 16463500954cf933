"""What trainings, tests, knowledge and kept promises say of a person: a grade suggested for each rated line (S-204, S-277). The assessor decides."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.complaints.models import Complaint
from accounts.complaints.terms import Verdict
from accounts.knowledge.models import Article, ArticleReading, Suggestion, SupportRequest, TrainingPlace
from accounts.knowledge.rules import Promise, is_overdue
from accounts.knowledge.terms import ArticleKind, Category, SuggestionState, SupportState
from kam.core.clock import business_date
from kam.core.sentences import parted
from kpi.sheets.labels import EVIDENCE_TEXTS
from kpi.sheets.models import Sheet
from kpi.sheets.rules import FULL_MARK, Share, grade_of, mark_in
from kpi.sheets.terms import OPEN_STATES, Evidence

#: So many articles or cases written in a period are all that is asked (an assumption).
WRITTEN_FULL = 2
_LEARNED = frozenset({Category.PRODUCT, Category.COMPANY, Category.PROFESSIONAL, Category.ETIQUETTE})
_ASKED_OUT = frozenset({Category.MARKET, Category.NEED})
#: Rated indicator → the areas of knowledge that speak for it.
AREAS: Mapping[str, frozenset[Category]] = {
    "skill": _LEARNED,
    "knowledge": _LEARNED,
    "investigation": _ASKED_OUT,
    "market": _ASKED_OUT,
}
_KEEPING = frozenset({"problem_solving", "execution"})
_NEW = frozenset({"innovation"})


@dataclass(frozen=True, slots=True)
class Suggested:
    """A grade and what it rests on, in the reader's language."""

    grade: int
    text: str


def suggested(sheet: Sheet, keys: Collection[str]) -> dict[str, Suggested]:
    """Return indicator → what is suggested, as long as grades may be given; at most seven statements. Without evidence nothing is."""
    if sheet.state not in OPEN_STATES:
        return {}
    shares = _of_areas(sheet, keys) | _of_promises(sheet, keys) | _of_ideas(sheet, keys)
    found = {}
    for key, told in shares.items():
        grade = grade_of(told)
        if grade is not None:
            found[key] = Suggested(grade, _text(told))
    return found


def _text(shares: Iterable[Share]) -> str:
    words = [
        str(EVIDENCE_TEXTS[share.what]) % {"kept": f"{share.kept:f}", "of": f"{share.of:f}"}
        for share in shares
        if share.of > 0
    ]
    return _("From the records: %(evidence)s.") % {"evidence": parted(words)}


def _of_areas(sheet: Sheet, keys: Collection[str]) -> dict[str, list[Share]]:
    asked = {key: areas for key, areas in AREAS.items() if key in keys}
    if not asked:
        return {}
    places = TrainingPlace.objects.filter(
        user=sheet.user_id, attended__isnull=False, training__on__range=(sheet.first_day, sheet.last_day)
    ).values_list("training__category", "attended", "result")
    readings = ArticleReading.objects.filter(
        article=OuterRef("pk"), revision=OuterRef("revision"), user=sheet.user_id, at__date__lte=sheet.last_day
    )  # fmt: skip
    articles = Article.objects.current().filter(kind=ArticleKind.ARTICLE, revised_on__lte=sheet.last_day)
    rows, read = list(places), list(articles.order_by().values_list("category", Exists(readings)))
    return {
        key: [
            _counted(Evidence.TRAININGS, [bool(came) for area, came, _result in rows if area in areas]),
            _tested([result for area, came, result in rows if area in areas and came]),
            _counted(Evidence.ARTICLES, [is_read for area, is_read in read if area in areas]),
        ]
        for key, areas in asked.items()
    }


def _counted(what: Evidence, told: Collection[bool]) -> Share:
    return Share(what, Decimal(sum(told)), Decimal(len(told)))


def _tested(results: Iterable[str]) -> Share:
    marks = [mark for result in results if (mark := mark_in(result)) is not None]
    return Share(Evidence.TESTS, sum(marks, Decimal(0)), Decimal(FULL_MARK * len(marks)))


def _of_promises(sheet: Sheet, keys: Collection[str]) -> dict[str, list[Share]]:
    asked = _KEEPING & set(keys)
    if not asked:
        return {}
    day = min(sheet.last_day, business_date())
    due = {"due_on__range": (sheet.first_day, sheet.last_day)}
    complaints = Complaint.objects.filter(owner=sheet.user_id, **due).exclude(verdict=Verdict.INVALID)
    support = SupportRequest.objects.filter(helper=sheet.user_id, **due).exclude(state=SupportState.REFUSED)
    dates = [
        *Suggestion.objects.filter(owner=sheet.user_id, **due).values_list("due_on", "answered_on"),
        *complaints.values_list("due_on", "resolved_on"),
        *support.values_list("due_on", "settled_on"),
    ]
    share = _counted(Evidence.PROMISES, _kept((Promise(*pair) for pair in dates), day))
    return {key: [share] for key in asked}


def _kept(promises: Iterable[Promise], day: date) -> list[bool]:
    """Return for each promise that is kept or past due whether it was kept in time."""
    return [
        row.kept_on is not None and row.kept_on <= row.due_on
        for row in promises
        if row.kept_on is not None or is_overdue(row, day)
    ]


def _of_ideas(sheet: Sheet, keys: Collection[str]) -> dict[str, list[Share]]:
    asked = _NEW & set(keys)
    if not asked:
        return {}
    days = (sheet.first_day, sheet.last_day)
    written = Article.objects.filter(author=sheet.user_id, created_at__date__range=days).count()
    settled = Suggestion.objects.filter(
        owner=sheet.user_id,
        state__in=[SuggestionState.ADOPTED, SuggestionState.DECLINED],
        state_on__range=days,
    )
    shares = [
        Share(Evidence.WRITTEN, Decimal(written), Decimal(WRITTEN_FULL if written else 0)),
        _counted(
            Evidence.ADOPTED,
            [word == SuggestionState.ADOPTED for word in settled.values_list("state", flat=True)],
        ),
    ]
    return dict.fromkeys(asked, shares)
