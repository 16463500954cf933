"""The page that asks to change whom a first visit met."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.users.http import AuthedRequest, require
from visits.visits import selectors, services
from visits.visits.forms import PersonsForm
from visits.visits.permissions import can_change_visit


@require_http_methods(["GET", "POST"])
def ask_persons(request: AuthedRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(selectors.visit_for_page(request.user, pk))
    require(can_change_visit(request.user, visit))
    met = [row.person_id for row in visit.persons_met.all()]
    form = PersonsForm(request.POST or None, visit=visit, initial={"version": visit.version, "persons": met})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            try:
                services.ask_persons_change(
                    visit,
                    list(values["persons"]),
                    by=request.user,
                    reason=values["reason"],
                    version=values["version"],
                )
            except BusinessError as error:
                add_business_error(form, error)
                status = error.status
            else:
                toast(request, _("Manager and director decide about this change."))
                return redirect("visit", pk=visit.pk)
    return render(request, "visits/visits/ask_persons.html", {"visit": visit, "form": form}, status=status)
