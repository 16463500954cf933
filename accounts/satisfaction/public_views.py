"""The page that a customer opens from the link: no login, no session, one questionnaire, once (docs/domain/care.md, “The public link”).

The only right here is the token in the address. Who is signed in does not matter: nothing of the visitor is used or stored, so there is no
authority that a foreign page could borrow; Django's double-submit cookie checks the form all the same.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from accounts.satisfaction.forms import AnswerForm
from accounts.satisfaction.limits import count_bad_link, is_limited
from accounts.satisfaction.links import invitation_of
from accounts.satisfaction.models import Invitation
from accounts.satisfaction.services import answer, note_opened
from accounts.satisfaction.terms import InvitationState
from kam.audit.context import system
from kam.core.errors import BusinessError, BusyError, ConflictError
from kam.core.forms import add_business_error

GONE, UNKNOWN, TOO_MANY = 410, 404, 429


@login_not_required
@require_http_methods(["GET", "POST"])
def answer_survey(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire of one invitation; a kind page where the link is made up, used, expired or taken back."""
    with translation.override(_language(request)):
        response = _answer(request, token)
    patch_cache_control(response, no_store=True, private=True)
    # Never told to other sites; "no-referrer" would make browsers post the form from origin "null", which is refused.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _language(request: HttpRequest) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    asked = request.GET.get("lang", "")
    return asked if asked in known else translation.get_language() or "zh-hans"


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    if is_limited(request):
        return _closed(request, "limited", TOO_MANY)
    invitation = invitation_of(token)
    if invitation is None:
        count_bad_link(request)
        return _closed(request, "unknown", UNKNOWN)
    if invitation.state is not InvitationState.OPEN:
        return _closed(request, invitation.state.value, GONE)
    if request.method == "GET":
        note_opened(invitation)
    return _form(request, invitation)


def _form(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    questions = list(invitation.round.version.questions.all())
    form = AnswerForm(request.POST or None, questions=questions)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                with system("survey link"):
                    answer(invitation, form.given(), by=None)
            except BusyError as error:  # the link is as good as before
                add_business_error(form, error)
                status = error.status
            except ConflictError as error:
                return _closed(request, error.code, GONE)
            except BusinessError as error:
                add_business_error(form, error)
            else:
                return _closed(request, "thanks", 200)
    context = {"form": form, "questionnaire": invitation.round.version.questionnaire, "unit": invitation.unit}
    return render(request, "accounts/satisfaction/public.html", _frame(request) | context, status=status)


def _closed(request: HttpRequest, why: str, status: int) -> HttpResponse:
    context = _frame(request) | {"why": why}
    return render(request, "accounts/satisfaction/public_closed.html", context, status=status)


def _frame(request: HttpRequest) -> dict[str, object]:
    now = translation.get_language()
    languages = (("zh-hans", "zh-Hans", "简体"), ("zh-hant", "zh-Hant", "繁體"), ("en", "en", "English"))
    return {
        "languages": [(code, tag, name, code == now) for code, tag, name in languages],
        "page": request.path,
    }
