"""The acts of surveys: write a questionnaire, open a round, ask persons, renew or withdraw a link, keep an answer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.satisfaction.labels import ANSWER_PROBLEMS, STATE_LABELS
from accounts.satisfaction.letters import mail_invitation, tell_low
from accounts.satisfaction.links import hash_of, new_nonce, token_of
from accounts.satisfaction.models import (
    Answer,
    Invitation,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    SurveyRound,
)
from accounts.satisfaction.rules import (
    Given,
    QuestionSpec,
    answer_problem,
    is_low,
    result_of,
    write_questions,
)
from accounts.satisfaction.terms import InvitationState, QuestionKind, Via
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit, mark_dirty
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.notes.terms import NOTHING, SourceKey
from kam.settings_rows.selectors import setting
from kam.users.models import User

LOW_SCORE = "survey_low_score"


@transaction.atomic
def add_version(
    questionnaire: Questionnaire, specs: Sequence[QuestionSpec], *, by: User | None, seen: int | None = None
) -> QuestionnaireVersion:
    """Add a version with these questions; the same questions again write nothing. Rounds that run keep theirs."""
    row = locked(Questionnaire.objects.filter(pk=questionnaire.pk)).get()
    latest = row.versions.first()
    number = latest.number if latest else 0
    if seen is not None and seen != number:
        raise ConflictError(_("Somebody wrote another version meanwhile."), code="stale")
    if not specs:
        raise BusinessError(_("A questionnaire needs a question."), code="empty", field="questions")
    if latest and write_questions(q.spec for q in latest.questions.all()) == write_questions(specs):
        return latest
    made = QuestionnaireVersion.objects.create(questionnaire=row, number=number + 1, by=by)
    Question.objects.bulk_create(
        Question(
            version=made,
            place=place,
            kind=spec.kind,
            texts=list(spec.texts),
            choices=[list(choice) for choice in spec.choices],
            is_required=spec.is_required,
        )
        for place, spec in enumerate(specs, 1)
    )
    record("accounts.questionnaire.written", made, by=by, changes={"number": (number, made.number)})
    return made


@transaction.atomic
def open_round(
    version: QuestionnaireVersion, title: str, *, ends_at: datetime, by: User | None
) -> SurveyRound:
    """Open a round; persons are asked in it until it ends."""
    if not title.strip():
        raise BusinessError(_("Give it a title."), code="empty", field="title")
    if ends_at <= timezone.now():
        raise BusinessError(_("This day is past."), code="past", field="ends_on")
    made = SurveyRound.objects.create(version=version, title=title.strip(), ends_at=ends_at, by=by)
    record("accounts.survey.opened", made, by=by, changes={"version": (None, str(version))})
    return made


@transaction.atomic
def ask_person(
    survey: SurveyRound,
    unit: KeyAccount,
    person: Person | None,
    *,
    by: User | None,
    by_mail: bool = False,
    source: SourceKey = NOTHING,
) -> Invitation:
    """Ask one person of a unit, once a round; with `by_mail` the link goes to their e-mail address where they have one."""
    row = lock_unit(unit.pk)
    if survey.ends_at <= timezone.now():
        raise BusinessError(_("This round is over."), code="over", field="round")
    if person is not None and (person.unit_id != row.pk or person.left_on is not None):
        raise BusinessError(_("This person works at another unit."), code="unit", field="persons")
    if survey.invitations.filter(unit=row, person=person, withdrawn_at__isnull=True).exists():
        raise BusinessError(_("This person was asked already."), code="twice", field="persons")
    nonce = new_nonce()
    made = Invitation.objects.create(
        round=survey,
        unit=row,
        person=person,
        nonce=nonce,
        token_hash=hash_of(nonce),
        expires_at=survey.ends_at,
        by=by,
        source_kind=source.kind,
        source_id=source.id,
        source_label=source.label,
    )
    made.token_hash = hash_of(token_of(made.pk, nonce))
    sent = by_mail and mail_invitation(made, by=by)
    made.mailed_at = timezone.now() if sent else None
    made.save(update_fields=["token_hash", "mailed_at"])
    record("accounts.survey.asked", made, by=by, changes={"round": (None, survey.title)})
    return made


@transaction.atomic
def ask_persons(
    survey: SurveyRound,
    unit: KeyAccount,
    persons: Iterable[Person],
    *,
    by: User | None,
    by_mail: bool = False,
    source: SourceKey = NOTHING,
) -> list[Invitation]:
    """Ask several persons of a unit: all of them, or none where one cannot be asked."""
    return [ask_person(survey, unit, person, by=by, by_mail=by_mail, source=source) for person in persons]


@transaction.atomic
def renew_link(invitation: Invitation, *, by: User) -> Invitation:
    """Make a new link; the old one is dead from now on."""
    row = _open(invitation)
    row.nonce = new_nonce()
    row.token_hash = hash_of(token_of(row.pk, row.nonce))
    row.save(update_fields=["nonce", "token_hash"])
    record("accounts.survey.renewed", row, by=by)
    return row


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Take an invitation back: its link is refused from now on. What was answered stays."""
    row = locked(Invitation.objects.filter(pk=invitation.pk)).get()
    if hasattr(row, "response"):
        raise BusinessError(_("This was answered already; the answer stays."), code="answered")
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        record("accounts.survey.withdrawn", row, by=by)
    return row


def note_opened(invitation: Invitation) -> None:
    """Remember when the link was opened first; nothing about who or from where."""
    Invitation.objects.filter(pk=invitation.pk, opened_at__isnull=True).update(opened_at=timezone.now())


@transaction.atomic
def answer(invitation: Invitation, given: Mapping[int, Given], *, by: User | None) -> Response:
    """Keep the answers to an invitation, once; `by` is who wrote them down, None for the customer through the link.

    `given` is by the place of the question. Low answers make a task for the unit's owner.
    """
    unit = lock_unit(invitation.unit_id)
    row = _open(invitation)
    questions = list(row.round.version.questions.all())
    for question in questions:
        problem = answer_problem(question.spec, given.get(question.place, Given()))
        if problem is not None:
            raise BusinessError(ANSWER_PROBLEMS[problem], code=problem, field=f"q{question.place}")
    result = result_of((QuestionKind(q.kind), given.get(q.place, Given())) for q in questions)
    made = Response.objects.create(
        invitation=row,
        answered_on=business_date(),
        via=Via.VISIT if by else Via.LINK,
        by=by,
        score=result.score,
        recommends=result.recommends,
        is_low=is_low(result, Decimal(str(setting(LOW_SCORE)))),
    )
    Answer.objects.bulk_create(
        _answer(made, question, given[question.place])
        for question in questions
        if not given.get(question.place, Given()).is_blank
    )
    record("accounts.survey.answered", made, by=by, changes={"via": (None, made.via)})
    if made.is_low:
        tell_low(made, unit)
    mark_dirty(unit.pk)
    return made


def _answer(response: Response, question: Question, given: Given) -> Answer:
    return Answer(
        response=response,
        question=question,
        number=given.number,
        chosen=list(given.chosen),
        text=given.text.strip(),
    )


def _open(invitation: Invitation) -> Invitation:
    """Return the invitation locked, where it may still be answered; BusinessError names why not."""
    row = locked(Invitation.objects.filter(pk=invitation.pk)).get()
    if row.state is not InvitationState.OPEN:
        raise ConflictError(STATE_LABELS[row.state], code=row.state.value)
    return row
