"""The page of webhooks: made, tried, stopped; what was told, and what could not be."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kam.audit.registry import label_of
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.users.http import AuthedRequest, require
from kam.webhooks import services
from kam.webhooks.forms import EndpointForm
from kam.webhooks.models import Delivery, Endpoint
from kam.webhooks.permissions import can_connect_programs
from kam.webhooks.terms import DELIVERY_TONES, SHOWN, SIGNATURE_HEADER, DeliveryState

PAGE = "webhooks"


@never_cache
@require_http_methods(["GET", "POST"])
def webhooks(request: AuthedRequest) -> HttpResponse:
    """All webhooks; the secret of a new one stands on the answer and nowhere else."""
    require(can_connect_programs(request.user))
    form, secret, status = EndpointForm(request.POST or None), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            try:
                _row, secret = services.make_endpoint(
                    told["name"], told["url"], told["acts"], by=request.user
                )
            except BusinessError as error:
                add_business_error(form, error)
                status = error.status
            else:
                form, status = EndpointForm(), 200
    deliveries = Delivery.objects.visible_to(request.user).select_related("endpoint")[:SHOWN]
    context = {
        "form": form,
        "secret": secret,
        "header": SIGNATURE_HEADER,
        "endpoints": [
            (row, [label_of(act) for act in row.acts]) for row in Endpoint.objects.visible_to(request.user)
        ],
        "deliveries": [
            (row, DELIVERY_TONES[DeliveryState(row.state)], label_of(row.act) if row.link else _("Trial"))
            for row in deliveries
        ],
    }
    return render(request, "webhooks/webhooks.html", context, status=status)


@require_POST
def stop(request: AuthedRequest, pk: int) -> HttpResponse:
    """Tell it nothing any more."""
    require(can_connect_programs(request.user))
    services.stop_endpoint(_endpoint(request, pk), by=request.user)
    toast(request, _("Stopped."))
    return redirect(PAGE)


@require_POST
def attempt(request: AuthedRequest, pk: int) -> HttpResponse:
    """Send an event in which nothing happened."""
    require(can_connect_programs(request.user))
    return _done(request, lambda: services.try_endpoint(_endpoint(request, pk), by=request.user))


@require_POST
def again(request: AuthedRequest, pk: int) -> HttpResponse:
    """Try an event again that was given up."""
    require(can_connect_programs(request.user))
    row = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    return _done(request, lambda: services.send_again(row, by=request.user))


def _endpoint(request: AuthedRequest, pk: int) -> Endpoint:
    return get_object_or_404(Endpoint.objects.visible_to(request.user), pk=pk)


def _done(request: AuthedRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except BusinessError as error:
        toast(request, error, level=messages.ERROR)
    else:
        toast(request, _("It is sent within a minute."))
    return redirect(PAGE)
