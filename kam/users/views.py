"""Theme and density: one POST each, works without JavaScript, also for strangers on the sign-in page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from kam.core import frame
from kam.core.htmx import is_htmx
from kam.core.ways import way_back
from kam.users import preferences
from kam.users.http import AuthedRequest


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Draw in light, dark, or as the device says."""
    theme = request.POST.get("theme", "")
    if theme not in preferences.THEMES:
        return HttpResponseBadRequest()
    return back_with_cookie(request, preferences.THEME_COOKIE, theme)


@require_POST
def set_density(request: AuthedRequest) -> HttpResponse:
    """Draw lists comfortably or compactly."""
    density = request.POST.get("density", "")
    if density not in preferences.DENSITIES:
        return HttpResponseBadRequest()
    return back_with_cookie(request, preferences.DENSITY_COOKIE, density)


@require_GET
def counts(request: AuthedRequest) -> HttpResponse:
    """Return the numbers of the frame; the page asks for them after it is drawn, so that they never slow a page."""
    return JsonResponse(frame.counts_of(request.user))


def back_with_cookie(request: HttpRequest, name: str, value: str) -> HttpResponse:
    """Lead back to where the person was, with a choice kept on this device."""
    response = HttpResponse(status=204) if is_htmx(request) else HttpResponseRedirect(way_back(request))
    response.set_cookie(
        name, value, max_age=preferences.ONE_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True
    )
    return response
