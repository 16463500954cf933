"""What the answers come to: per round, per question, per unit and over time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.satisfaction.models import Answer, Invitation, Question, Response, SurveyRound
from accounts.satisfaction.rules import mean_of, net_promoter_score
from accounts.satisfaction.terms import CHOSEN, SCALES, QuestionKind
from accounts.units.models import KeyAccount
from kam.core.periods import Period
from kam.users.models import User

#: Texts shown a question; the page of each answer has the rest.
TEXTS = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """How often one number or choice was given."""

    label: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: how many answered, the mean or NPS where it has one, the bars, the texts."""

    question: Question
    count: int
    figure: Decimal | int | None
    bars: list[Bar]
    texts: list[str]


@dataclass(frozen=True, slots=True)
class UnitResult:
    """One unit: how many answered, mean of all scores given, NPS."""

    unit: KeyAccount
    count: int
    score: Decimal | None
    nps: int | None


@dataclass(frozen=True, slots=True)
class RoundResult:
    """A round as far as the reader sees its units."""

    asked: int
    answered: int
    score: Decimal | None
    nps: int | None
    questions: list[QuestionResult]
    units: list[UnitResult]


def result_of_round(survey: SurveyRound, user: User) -> RoundResult:
    """Return the results over the units that `user` sees. Four queries."""
    seen = Invitation.objects.visible_to(user).filter(round=survey, withdrawn_at__isnull=True)
    invitations = list(seen.select_related("unit", "response"))
    rows = Answer.objects.filter(response__invitation__in=[row.pk for row in invitations]).select_related(
        "response__invitation"
    )
    answers = list(rows.order_by("pk"))
    by_question: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_question[answer.question_id].append(answer)
    questions = list(survey.version.questions.all())
    kinds = {question.pk: QuestionKind(question.kind) for question in questions}
    score, nps = _figures(answers, kinds)
    return RoundResult(
        asked=len(invitations),
        answered=sum(hasattr(row, "response") for row in invitations),
        score=score,
        nps=nps,
        questions=[_of_question(question, by_question[question.pk]) for question in questions],
        units=_of_units(invitations, answers, kinds),
    )


def _figures(answers: Iterable[Answer], kinds: dict[int, QuestionKind]) -> tuple[Decimal | None, int | None]:
    numbers: dict[QuestionKind, list[int]] = defaultdict(list)
    for answer in answers:
        if answer.number is not None:
            numbers[kinds[answer.question_id]].append(answer.number)
    return mean_of(numbers[QuestionKind.SCORE]), net_promoter_score(numbers[QuestionKind.NPS])


def _of_units(
    invitations: Sequence[Invitation], answers: Iterable[Answer], kinds: dict[int, QuestionKind]
) -> list[UnitResult]:
    by_unit: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_unit[answer.response.invitation.unit_id].append(answer)
    units: dict[int, tuple[KeyAccount, int]] = {}
    for row in invitations:
        unit, count = units.get(row.unit_id, (row.unit, 0))
        units[row.unit_id] = (unit, count + hasattr(row, "response"))
    found = [
        UnitResult(unit, count, *_figures(by_unit[pk], kinds)) for pk, (unit, count) in units.items() if count
    ]
    return sorted(found, key=lambda row: (row.score is None, row.score, row.unit.pk))


def _of_question(question: Question, answers: Sequence[Answer]) -> QuestionResult:
    kind = QuestionKind(question.kind)
    numbers = [answer.number for answer in answers if answer.number is not None]
    figure: Decimal | int | None = None
    bars: list[Bar] = []
    if kind in SCALES:
        low, high = SCALES[kind]
        figure = mean_of(numbers) if kind is QuestionKind.SCORE else net_promoter_score(numbers)
        bars = [Bar(str(n), numbers.count(n), len(numbers)) for n in range(high, low - 1, -1)]
    elif kind in CHOSEN:
        places = [place for answer in answers for place in answer.chosen]
        bars = [
            Bar(words, places.count(place), len(answers)) for place, words in enumerate(question.choice_words)
        ]
    texts = [answer.text for answer in answers if answer.text][:TEXTS]
    return QuestionResult(question, len(answers), figure, bars, texts)


def responses_of(unit: KeyAccount) -> list[Response]:
    """Return the answers of a unit, the oldest first: its trend. One query."""
    rows = Response.objects.filter(invitation__unit=unit).select_related(
        "invitation__round", "invitation__person"
    )
    return list(rows.order_by("answered_on", "pk"))


def figures_of(unit: KeyAccount, period: Period) -> tuple[int, Decimal | None, int | None]:
    """Return number of answers, mean and NPS of a unit in a period. Two queries."""
    rows = Response.objects.filter(
        invitation__unit=unit, answered_on__gte=period.first, answered_on__lte=period.last
    )
    answers = Answer.objects.filter(response__in=rows, number__isnull=False).select_related("question")
    loaded = list(answers)
    kinds = {answer.question_id: QuestionKind(answer.question.kind) for answer in loaded}
    return rows.count(), *_figures(loaded, kinds)


def answers_of(invitation: Invitation) -> list[Answer]:
    """Return the answers of an invitation in the order of the questions."""
    rows = Answer.objects.filter(response__invitation=invitation).select_related("question")
    return list(rows.order_by("question__place"))
