"""Being away: one's own absences, whom one stands in for, and the substitutes a superior has to confirm."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.people.forms import AbsenceForm
from kam.people.models import Absence
from kam.people.permissions import can_cancel_absence, can_confirm_absence
from kam.people.services import absences
from kam.people.terms import AbsenceKind
from kam.users.http import AuthedRequest, require


@require_http_methods(["GET", "POST"])
def list_absences(request: AuthedRequest) -> HttpResponse:
    """Show absences that concern this person; POST enters an own one."""
    form, status = AbsenceForm(request.POST or None, user=request.user), 422
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        plan = absences.AbsencePlan(
            AbsenceKind(values["kind"]), values["started_on"], values["ended_on"], values["substitute"]
        )
        try:
            absences.add_absence(request.user, plan, by=request.user)
        except BusinessError as error:
            add_business_error(form, error)
            status = error.status
        else:
            toast(request, _("Absence entered."))
            return HttpResponseRedirect(reverse("absences"))
    rows = Absence.objects.visible_to(request.user).filter(
        ended_on__gte=business_date(), cancelled_at__isnull=True
    )
    context = {
        "form": form,
        "rows": [
            {
                "absence": row,
                "is_mine": row.user_id == request.user.pk,
                "may_confirm": row.waits_for_superior and can_confirm_absence(request.user, row),
                "may_cancel": can_cancel_absence(request.user, row),
            }
            for row in rows.select_related("user", "substitute", "confirmed_by")[:100]
        ],
    }
    return render(request, "people/absences.html", context, status=status if form.errors else 200)


@require_POST
def confirm_absence(request: AuthedRequest, pk: int) -> HttpResponse:
    """Confirm an unusual substitute."""
    absence = get_object_or_404(Absence.objects.visible_to(request.user), pk=pk)
    require(can_confirm_absence(request.user, absence))
    try:
        absences.confirm_absence(absence, by=request.user)
    except BusinessError as error:
        toast(request, error, level=40)
    else:
        toast(request, _("Substitute confirmed."))
    return HttpResponseRedirect(reverse("absences"))


@require_POST
def cancel_absence(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take an absence back."""
    absence = get_object_or_404(Absence.objects.visible_to(request.user), pk=pk)
    require(can_cancel_absence(request.user, absence))
    absences.cancel_absence(absence, by=request.user)
    toast(request, _("Absence cancelled."))
    return HttpResponseRedirect(reverse("absences"))
