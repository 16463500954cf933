"""The one address that shows masked personal data."""

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kam.core.errors import BusinessError
from kam.core.forms import BaseForm
from kam.core.htmx import render_page_or_fragment
from kam.people.permissions import can_unmask
from kam.people.registry import unmaskable
from kam.people.services.unmasking import unmask
from kam.users.http import AuthedRequest, require


class ReasonForm(BaseForm):
    """Why somebody looks."""

    reason = forms.CharField(label=_("Why do you need to see it?"), max_length=300, required=False)


@require_POST
def show_personal_data(request: AuthedRequest, kind: str, pk: int) -> HttpResponse:
    """Show a row's personal fields in clear; 404 for who does not see the row, 403 for who may not look."""
    known = unmaskable(kind)
    row = known.load(pk, request.user) if known else None
    if known is None or row is None:
        raise Http404
    require(can_unmask(request.user) or known.sees_plain(row, request.user))
    form = ReasonForm(request.POST)
    context, status = {"row": row, "kind": kind, "form": form}, 422
    if form.is_valid():
        try:
            values = unmask(known, row, reason=form.cleaned_data["reason"], by=request.user)
        except BusinessError as error:
            form.add_error("reason", str(error))
            status = error.status
        else:
            return render_page_or_fragment(
                request, "people/unmask.html", "people/_unmasked.html", context | {"values": values}
            )
    return render_page_or_fragment(
        request, "people/unmask.html", "people/_unmask.html", context, status=status
    )
