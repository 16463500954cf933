"""Pages of satisfaction for our own people: list, rounds and results, asking, one invitation, questionnaires."""

from datetime import time, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.complaints.models import Complaint
from accounts.satisfaction import services
from accounts.satisfaction.forms import AnswerForm, AskForm, RoundForm, VersionForm
from accounts.satisfaction.labels import STATE_LABELS, STATE_TONES
from accounts.satisfaction.links import address_of, code_of
from accounts.satisfaction.models import Invitation, Questionnaire, QuestionnaireVersion, SurveyRound
from accounts.satisfaction.permissions import (
    can_ask,
    can_handle_invitation,
    can_open_round,
    can_read_questionnaires,
    can_read_surveys,
    can_write_questionnaires,
)
from accounts.satisfaction.rules import write_questions
from accounts.satisfaction.selectors import answers_of, result_of_round
from accounts.satisfaction.tables import INVITATIONS
from accounts.satisfaction.terms import InvitationState
from accounts.units.models import KeyAccount
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.clock import business_date, moment
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.notes.terms import NOTHING, SourceKey
from kam.users.http import AuthedRequest, require

_FORM_METHODS = ["GET", "POST"]
#: How long a round is open when nobody says otherwise.
DAYS_OPEN = 14


@require_GET
def list_invitations(request: AuthedRequest) -> HttpResponseBase:
    """Who was asked and what they answered, in the own scope."""
    require(can_read_surveys(request.user))
    return list_response(request, INVITATIONS, page="accounts/satisfaction/list.html")


@require_GET
def list_rounds(request: AuthedRequest) -> HttpResponse:
    """The rounds, with how many of the own units were asked and answered."""
    require(can_read_surveys(request.user))
    mine = Invitation.objects.visible_to(request.user).filter(withdrawn_at__isnull=True)
    counts = dict(
        mine.order_by().values_list("round").annotate(asked=Count("pk")).values_list("round", "asked")
    )
    answered = dict(
        mine.answered().order_by().values_list("round").annotate(n=Count("pk")).values_list("round", "n")
    )
    rounds = SurveyRound.objects.visible_to(request.user).select_related("version__questionnaire", "by")[:100]
    context = {
        "rounds": [(row, counts.get(row.pk, 0), answered.get(row.pk, 0)) for row in rounds],
        "can_open": can_open_round(request.user),
        "can_read_questionnaires": can_read_questionnaires(request.user),
    }
    return render(request, "accounts/satisfaction/rounds.html", context)


def _versions() -> QuerySet[QuestionnaireVersion]:
    """The newest version of every questionnaire in use."""
    newest = Questionnaire.objects.filter(retired_on__isnull=True).annotate(newest=Max("versions__pk"))
    return QuestionnaireVersion.objects.filter(pk__in=newest.values("newest")).select_related("questionnaire")


@require_http_methods(_FORM_METHODS)
def open_round(request: AuthedRequest) -> HttpResponse:
    """Open a round."""
    require(can_open_round(request.user))
    initial = {"ends_on": business_date() + timedelta(days=DAYS_OPEN)}
    form = RoundForm(request.POST or None, versions=_versions(), initial=initial)

    def act(told: dict[str, Any]) -> str:
        ends_at = moment(told["ends_on"] + timedelta(days=1), time.min)
        made = services.open_round(told["version"], told["title"], ends_at=ends_at, by=request.user)
        return made.get_absolute_url()

    return answer_form(request, form, title=_("Open a survey round"), back=reverse("survey-rounds"), act=act)


@require_GET
def show_round(request: AuthedRequest, pk: int) -> HttpResponse:
    """The results of a round over the own units: score, NPS, each question, each unit."""
    rows = SurveyRound.objects.visible_to(request.user).select_related("version__questionnaire", "by")
    survey = get_object_or_404(rows, pk=pk)
    context = {
        "survey": survey,
        "result": result_of_round(survey, request.user),
        "reads_questions": can_read_questionnaires(request.user),
    }
    return render(request, "accounts/satisfaction/round.html", context)


@require_http_methods(_FORM_METHODS)
def ask(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Ask persons of a unit; `?complaint=` names the complaint it follows."""
    unit = unit_or_404(request, unit_pk)
    require(can_ask(request.user, unit))
    source = _source(request, unit)
    form = AskForm(request.POST or None, unit=unit)

    def act(told: dict[str, Any]) -> None:
        services.ask_persons(
            told["round"], unit, told["persons"], by=request.user, by_mail=told["by_mail"], source=source
        )

    title = _("Ask %(name)s for their opinion") % {"name": unit.name}
    back = reverse("unit-tab", args=[unit.pk, "satisfaction"])
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Invite"))


def _source(request: AuthedRequest, unit: KeyAccount) -> SourceKey:
    asked = number_in(request.GET.get("complaint", ""))
    complaint = Complaint.objects.filter(unit=unit, pk=asked).first() if asked is not None else None
    return SourceKey.of("accounts.complaint", complaint.pk, complaint.number) if complaint else NOTHING


def _invitation(request: AuthedRequest, pk: int) -> Invitation:
    rows = Invitation.objects.visible_to(request.user).select_related(
        "round__version__questionnaire", "unit", "unit__owner", "unit__team", "person", "response__by", "by"
    )
    return get_object_or_404(rows, pk=pk)


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """An invitation: the link to pass on, or what was answered."""
    invitation = _invitation(request, pk)
    is_open = invitation.state is InvitationState.OPEN
    handles = is_open and can_handle_invitation(request.user, invitation)
    context = {
        "invitation": invitation,
        "response": getattr(invitation, "response", None),
        "answers": answers_of(invitation),
        "tone": STATE_TONES[invitation.state],
        "state": STATE_LABELS[invitation.state],
        "handles": handles,
        "link": address_of(invitation) if handles else "",
    }
    return render(request, "accounts/satisfaction/invitation.html", context)


@require_GET
def show_code(request: AuthedRequest, pk: int) -> HttpResponse:
    """The link as a QR code, to be held up or printed."""
    invitation = _invitation(request, pk)
    require(can_handle_invitation(request.user, invitation))
    response = HttpResponse(code_of(invitation), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(_FORM_METHODS)
def write_down(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write down what the person says at a visit or on the telephone."""
    invitation = _invitation(request, pk)
    require(can_handle_invitation(request.user, invitation))
    questions = list(invitation.round.version.questions.all())
    form = AnswerForm(request.POST or None, questions=questions)

    def act(_told: dict[str, Any]) -> None:
        services.answer(invitation, form.given(), by=request.user)

    title = f"{invitation.round.version.questionnaire} · {invitation}"
    return answer_form(
        request,
        form,
        title=title,
        back=invitation.get_absolute_url(),
        act=act,
        template="accounts/satisfaction/write_down.html",
    )


@require_POST
def renew(request: AuthedRequest, pk: int) -> HttpResponse:
    """A new link; the old one is dead."""
    invitation = _invitation(request, pk)
    require(can_handle_invitation(request.user, invitation))
    try:
        services.renew_link(invitation, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=invitation.get_absolute_url())
    toast(request, _("The old link is dead, here is the new one."))
    return redirect(invitation)


@require_POST
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take the invitation back."""
    invitation = _invitation(request, pk)
    require(can_handle_invitation(request.user, invitation))
    try:
        services.withdraw_invitation(invitation, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=invitation.get_absolute_url())
    toast(request, _("Withdrawn."))
    return redirect(invitation)


@require_GET
def list_questionnaires(request: AuthedRequest) -> HttpResponse:
    """The questionnaires with their newest questions."""
    require(can_read_questionnaires(request.user))
    in_use = Questionnaire.objects.filter(Q(retired_on__isnull=True) | Q(versions__isnull=False)).distinct()
    versions = {row.questionnaire_id: row for row in _versions().prefetch_related("questions")}
    context = {
        "questionnaires": [(row, versions.get(row.pk)) for row in in_use],
        "can_write": can_write_questionnaires(request.user),
    }
    return render(request, "accounts/satisfaction/questionnaires.html", context)


@require_GET
def show_version(request: AuthedRequest, code: str, number: int) -> HttpResponse:
    """The questions as they stood in one version, in every language, and the rounds that ask them."""
    require(can_read_questionnaires(request.user))
    rows = QuestionnaireVersion.objects.select_related("questionnaire", "by")
    version = get_object_or_404(rows, questionnaire__code=code, number=number)
    context = {
        "version": version,
        "questions": [(row, row.spoken) for row in version.questions.all()],
        "others": rows.filter(questionnaire=version.questionnaire).exclude(pk=version.pk),
        "rounds": SurveyRound.objects.visible_to(request.user).filter(version=version)[:50],
    }
    return render(request, "accounts/satisfaction/version.html", context)


@require_http_methods(_FORM_METHODS)
def write(request: AuthedRequest, code: str) -> HttpResponse:
    """Write the next version of a questionnaire; rounds that run keep theirs."""
    require(can_write_questionnaires(request.user))
    questionnaire = get_object_or_404(Questionnaire.objects.filter(retired_on__isnull=True), code=code)

    def form_of(data: Any = None) -> VersionForm:
        latest = questionnaire.versions.first()
        specs = [question.spec for question in latest.questions.all()] if latest else []
        initial = {"questions": write_questions(specs), "seen": latest.number if latest else 0}
        return VersionForm(data, initial=initial)

    def act(told: dict[str, Any]) -> None:
        services.add_version(questionnaire, told["questions"], seen=told["seen"] or 0, by=request.user)

    return answer_form(
        request,
        form_of(request.POST or None),
        title=_("Next version: %(name)s") % {"name": questionnaire},
        back=reverse("questionnaires"),
        act=act,
        fresh=form_of,
    )
