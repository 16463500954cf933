"""The flags of a unit, accepting one, and the list of all."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from accounts.red_flags import services
from accounts.red_flags.forms import AcknowledgeForm
from accounts.red_flags.models import RedFlag
from accounts.red_flags.permissions import can_acknowledge_flag, can_see_flags
from accounts.red_flags.selectors import panel_of
from accounts.red_flags.tables import FLAGS
from accounts.red_flags.telling import tell
from accounts.red_flags.terms import FlagState
from accounts.units.models import KeyAccount
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.htmx import is_htmx, render_page_or_fragment
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require


@require_GET
def list_flags(request: AuthedRequest) -> HttpResponseBase:
    require(can_see_flags(request.user))
    return list_response(request, FLAGS)


@require_GET
def show_panel(request: AuthedRequest, pk: int) -> HttpResponse:
    """The flags of one unit: the card of the record, or a page of its own."""
    unit = get_object_or_404(KeyAccount.objects.visible_to(request.user), pk=pk)
    services.refresh(unit)
    context = {"unit": unit, "shown": panel_of(unit, request.user)}
    return render_page_or_fragment(
        request, "accounts/red_flags/unit.html", "accounts/red_flags/_card.html", context
    )


@require_http_methods(["GET", "POST"])
def acknowledge(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask for the comment, and accept the flag with it."""
    flag = get_object_or_404(RedFlag.objects.visible_to(request.user).select_related("unit", "person"), pk=pk)
    require(can_acknowledge_flag(request.user, flag))
    form = AcknowledgeForm(request.POST or None, initial={"version": flag.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.acknowledge(flag, by=request.user, **form.cleaned_data)
        except BusinessError as error:
            add_business_error(form, error)
            status = error.status
        else:
            return _accepted(request, flag.unit)
    elif request.method == "POST":
        status = 422
    context = {
        "told": tell(flag, today=services.department_day()),
        "form": form,
        "unit": flag.unit,
        "is_open": flag.state == FlagState.OPEN,
    }
    return render_page_or_fragment(
        request,
        "accounts/red_flags/acknowledge.html",
        "accounts/red_flags/_acknowledge.html",
        context,
        status=status,
    )


def _accepted(request: AuthedRequest, unit: KeyAccount) -> HttpResponse:
    if not is_htmx(request):
        return redirect(f"{unit.get_absolute_url()}#flags")
    context = {"unit": unit, "shown": panel_of(unit, request.user)}
    response = render_page_or_fragment(
        request, "accounts/red_flags/unit.html", "accounts/red_flags/_card.html", context
    )
    response.headers["HX-Retarget"] = "#flags"
    response.headers["HX-Reswap"] = "outerHTML"
    return response
