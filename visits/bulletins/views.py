"""Policy bulletins: read, acknowledge, publish, withdraw."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.users.http import AuthedRequest, require
from visits.bulletins import selectors, services
from visits.bulletins.forms import BulletinForm, WithdrawForm
from visits.bulletins.models import Bulletin
from visits.bulletins.permissions import can_publish_bulletins, can_read_bulletins

SHOWN = 100


@require_GET
def bulletins(request: AuthedRequest) -> HttpResponse:
    require(can_read_bulletins(request.user))
    context = {
        "bulletins": selectors.bulletins_for(request.user)[:SHOWN],
        "can_publish": can_publish_bulletins(request.user),
        "reader_count": selectors.readers().count(),
    }
    return render(request, "visits/bulletins/list.html", context)


@require_http_methods(["GET", "POST"])
def publish_bulletin(request: AuthedRequest) -> HttpResponse:
    require(can_publish_bulletins(request.user))
    form = BulletinForm(request.POST or None, initial={"in_force_from": business_date()})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            services.publish_bulletin(
                values["title"], text=values["text"], in_force_from=values["in_force_from"], by=request.user
            )
        except BusinessError as error:
            add_business_error(form, error)
            status = error.status
        else:
            toast(request, _("Bulletin published."))
            return redirect("bulletins")
    return render(request, "visits/bulletins/publish.html", {"form": form}, status=status)


@require_POST
def acknowledge_bulletin(request: AuthedRequest, pk: int) -> HttpResponse:
    require(can_read_bulletins(request.user))
    bulletin = get_object_or_404(Bulletin.objects.visible_to(request.user).open(), pk=pk)
    services.acknowledge_bulletin(bulletin, by=request.user)
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect(target)
    return redirect("bulletins")


@require_http_methods(["GET", "POST"])
def withdraw_bulletin(request: AuthedRequest, pk: int) -> HttpResponse:
    require(can_publish_bulletins(request.user))
    bulletin = get_object_or_404(Bulletin.objects.visible_to(request.user), pk=pk)
    form = WithdrawForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_bulletin(bulletin, by=request.user, reason=form.cleaned_data["reason"])
        except BusinessError as error:
            add_business_error(form, error)
            status = error.status
        else:
            toast(request, _("Bulletin withdrawn."))
            return redirect("bulletins")
    return render(
        request, "visits/bulletins/withdraw.html", {"form": form, "bulletin": bulletin}, status=status
    )
