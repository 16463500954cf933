"""Saved views and files that a worker wrote. Lists themselves are shown by their rooms with `list_response`."""

from allauth.account.internal.flows import reauthentication
from allauth.core.exceptions import ReauthenticationRequired
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kam.core.errors import BusinessError
from kam.core.errors_views import refused
from kam.core.toasts import toast
from kam.jobs.models import Job
from kam.lists import files, services
from kam.lists.forms import SaveViewForm
from kam.lists.models import SavedView
from kam.lists.permissions import can_change_view, can_share_view
from kam.lists.spec import list_called
from kam.users.http import AuthedRequest, require
from kam.users.scopes import team_of


@require_POST
def save_view(request: AuthedRequest) -> HttpResponse:
    """Keep the present address of a list under a name."""
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        return refused(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    data = form.cleaned_data
    spec = list_called(data["list_key"])
    if spec is None:
        raise Http404
    team = team_of(request.user) if data["share"] else None
    require(not data["share"] or (team is not None and can_share_view(request.user, team)))
    try:
        view = services.save_view(
            spec,
            by=request.user,
            name=data["name"],
            query=data["query"],
            team=team,
            is_default=data["is_default"],
        )
    except BusinessError as error:
        return refused(request, str(error))
    toast(request, _("View “%(name)s” saved.") % {"name": view.name})
    return HttpResponseRedirect(f"{spec.url}?view={view.pk}")


@require_POST
def default_view(request: AuthedRequest, pk: int) -> HttpResponse:
    """Make a view the one that opens first, or no longer."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    require(can_change_view(request.user, view))
    services.set_default(view, by=request.user)
    return HttpResponseRedirect(_list_url(view, f"?view={view.pk}"))


@require_POST
def drop_view(request: AuthedRequest, pk: int) -> HttpResponse:
    """Forget a view."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    require(can_change_view(request.user, view))
    services.drop_view(view, by=request.user)
    toast(request, _("View “%(name)s” dropped.") % {"name": view.name})
    return HttpResponseRedirect(_list_url(view))


@require_GET
def download_export(request: AuthedRequest, pk: int) -> HttpResponse | FileResponse:
    """Hand out a file a worker wrote, to the person who asked for it, for a day; an approved one only after a recent sign-in."""
    job = get_object_or_404(Job.objects.filter(by=request.user, kind=files.JOB_KIND, state="done"), pk=pk)
    had_other_rights = job.payload.get("position") != request.user.position
    file = None if had_other_rights else files.open_export(job)
    if file is None:
        raise Http404
    if "approval" in job.payload and reauthentication.is_reauthentication_required(request, app="lists"):
        file.close()
        raise ReauthenticationRequired
    return FileResponse(file, as_attachment=True, filename=job.result["name"])


def _list_url(view: SavedView, query: str = "") -> str:
    spec = list_called(view.list_key)
    return f"{spec.url}{query}" if spec else "/"
