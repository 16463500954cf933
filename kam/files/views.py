"""The one door to attachments. Whether a person may pass is asked every time; absent and foreign files answer the same."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.core.ways import way_back
from kam.files import services
from kam.files.models import Attachment
from kam.files.permissions import can_read_file, can_remove_file
from kam.users.http import AuthedRequest, require


@require_GET
def download(request: AuthedRequest, pk: int) -> HttpResponseBase:
    """Hand out a file: pictures may be shown in a page (`?show=1`), everything else is saved."""
    attachment = get_object_or_404(Attachment, pk=pk)
    if not can_read_file(request.user, attachment):
        raise Http404
    try:
        file = services.open_file(attachment)
    except FileNotFoundError as error:
        raise Http404 from error
    is_shown = attachment.is_image and request.GET.get("show") == "1"
    response = FileResponse(
        file, as_attachment=not is_shown, filename=attachment.name, content_type=attachment.content_type
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def remove(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a file off its record; the toast offers it back."""
    attachment = get_object_or_404(Attachment, pk=pk)
    if not can_read_file(request.user, attachment):
        raise Http404
    require(can_remove_file(request.user, attachment))
    services.remove(attachment, by=request.user)
    toast(request, _("%(name)s removed.") % {"name": attachment.name}, undo=f"/files/{pk}/restore/")
    return HttpResponseRedirect(way_back(request))


@require_POST
def restore(request: AuthedRequest, pk: int) -> HttpResponse:
    """Undo a removal of one's own."""
    attachment = get_object_or_404(Attachment, pk=pk, by=request.user)
    require(can_remove_file(request.user, attachment))
    try:
        services.restore(attachment, by=request.user)
    except BusinessError as error:
        toast(request, error, level=messages.ERROR)
    return HttpResponseRedirect(way_back(request))
