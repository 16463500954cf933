"""The demo's surveys: one round a month ago, one now; most answered, one of them badly."""

from datetime import time, timedelta

from accounts.persons.models import Person
from accounts.satisfaction.models import Invitation, QuestionnaireVersion, SurveyRound
from accounts.satisfaction.rules import Given
from accounts.satisfaction.services import answer, ask_person, open_round
from accounts.satisfaction.terms import QuestionKind
from kam.core.clock import moment
from kam.demo.story import Story
from kam.users.terms import Position

_COMMENTS = ("回复很及时。", "希望提前告知活动安排。", "售后跟进有点慢。", "整体满意，会推荐给同行。")


def play_surveys(story: Story) -> None:
    """Two rounds with the satisfaction questionnaire; the second is still open."""
    version = QuestionnaireVersion.objects.filter(questionnaire__code="satisfaction").first()
    director = next((u for u in story.users.values() if u.position == Position.DIRECTOR), None)
    if version is None or director is None:
        return
    rows = Person.objects.filter(left_on__isnull=True, unit__owner__isnull=False)
    persons = list(
        rows.select_related("unit__owner").order_by("pk")[
            : story.scaled(small=12, department=40, enterprise=80)
        ]
    )
    for title, day, length in (("上季度满意度回访", -35, 14), ("本季度满意度回访", -5, 21)):
        with story.at(story.day(day), 9):
            ends_at = moment(story.day(day) + timedelta(days=length), time.min)
            survey = open_round(version, title, ends_at=ends_at, by=director)
        for place, person in enumerate(persons[:: 1 if day < -10 else 2]):
            _ask(story, survey, person, place, day)


def _ask(story: Story, survey: SurveyRound, person: Person, place: int, day: int) -> None:
    owner = person.unit.owner
    with story.at(story.day(day), 10, place % 50):
        invitation = ask_person(survey, person.unit, person, by=owner)
    if place % 4 != 3:
        with story.at(story.day(day + 1 + place % 4), 14, place % 50):
            answer(invitation, _given(invitation, place), by=owner if place % 3 == 0 else None)


def _given(invitation: Invitation, place: int) -> dict[int, Given]:
    """Mostly content; the sixth is not."""
    is_bad = place == 5
    given: dict[int, Given] = {}
    for question in invitation.round.version.questions.all():
        kind = QuestionKind(question.kind)
        if kind is QuestionKind.SCORE:
            given[question.place] = Given(number=2 if is_bad else 4 + (place + question.place) % 2)
        elif kind is QuestionKind.NPS:
            given[question.place] = Given(number=4 if is_bad else 8 + place % 3)
        elif kind is QuestionKind.TEXT:
            given[question.place] = Given(text=_COMMENTS[2 if is_bad else place % 2 * 3])
        else:
            given[question.place] = Given(chosen=(place % len(question.choices),))
    return given
