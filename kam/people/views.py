"""One's own page: who I am here, how KAM looks and speaks, where I am signed in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.people.forms import PreferencesForm
from kam.people.models import Absence, SessionRecord
from kam.people.registry import own_parts
from kam.people.services import sessions, users
from kam.people.terms import SECOND_FACTOR
from kam.users.http import AuthedRequest
from kam.users.middleware import LANGUAGE_COOKIE
from kam.users.models import User
from kam.users.scopes import superior_of, team_of
from kam.users.views import back_with_cookie


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak the chosen language from the next page on; works without JavaScript, also for strangers on the sign-in page."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if isinstance(request.user, User):
        users.change_preferences(request.user, {"language": language})
    return back_with_cookie(request, LANGUAGE_COOKIE, language)


@require_http_methods(["GET", "POST"])
def show_me(request: AuthedRequest) -> HttpResponse:
    """Show one's own page; POST changes language, zone and digest mail."""
    user = request.user
    form = PreferencesForm(request.POST or None, initial=PreferencesForm.values_of(user))
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            return _prefer(request, form.cleaned_data)
        except BusinessError as error:
            add_business_error(form, error)
            status = error.status
    context = {
        "form": form,
        "team": team_of(user),
        "superior": superior_of(user),
        "absences": Absence.objects.visible_to(user).filter(user=user, cancelled_at__isnull=True)[:3],
        "has_factor": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
        "must_have_factor": settings.TOTP_REQUIRED and user.position in SECOND_FACTOR,
        "parts": own_parts(user),
        "session_count": SessionRecord.objects.filter(user=user).count(),
    }
    return render(request, "people/me.html", context, status=status)


def _prefer(request: AuthedRequest, told: dict[str, Any]) -> HttpResponse:
    users.change_preferences(request.user, told)
    toast(request, _("Saved."))
    response = HttpResponseRedirect(reverse("me"))
    response.set_cookie(
        LANGUAGE_COOKIE, told["language"], samesite="Lax", secure=settings.HTTPS, httponly=True
    )
    return response


@require_GET
def list_sessions(request: AuthedRequest) -> HttpResponse:
    """Show where this person is signed in."""
    records = SessionRecord.objects.filter(user=request.user)
    context = {"records": records, "own_key": request.session.session_key}
    return render(request, "people/sessions.html", context)


@require_POST
def end_session(request: AuthedRequest, pk: int) -> HttpResponse:
    """Sign one other browser out."""
    record = get_object_or_404(SessionRecord, pk=pk, user=request.user)
    sessions.end_session(record, by=request.user)
    toast(request, _("That device is signed out."))
    return HttpResponseRedirect(reverse("sessions"))


@require_POST
def end_other_sessions(request: AuthedRequest) -> HttpResponse:
    """Sign every other browser out."""
    count = sessions.end_sessions(request.user, by=request.user, keep=request.session.session_key or "")
    toast(request, _("Other devices signed out: %(count)s.") % {"count": count})
    return HttpResponseRedirect(reverse("sessions"))
