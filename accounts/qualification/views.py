"""Confirming or withdrawing a criterion that KAM cannot see itself."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.qualification import services
from accounts.qualification.forms import StatementForm
from accounts.qualification.models import QualificationCriterion
from accounts.qualification.selectors import label_of
from accounts.qualification.terms import CriterionKind
from accounts.units.permissions import can_edit_unit
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form
from kam.users.http import AuthedRequest, require


@require_http_methods(["GET", "POST"])
def state_criterion(request: AuthedRequest, unit_pk: int, code: str) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    require(can_edit_unit(request.user, unit))
    rows = QualificationCriterion.objects.in_force().filter(kind=CriterionKind.STATEMENT)
    criterion = get_object_or_404(rows, code=code)
    form = StatementForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.state_criterion(
            unit, criterion, holds=told["holds"] == "yes", text=told["text"], by=request.user
        )

    back = reverse("unit-tab", args=[unit.pk, "qualification"])
    return answer_form(
        request,
        form,
        title=_("%(name)s: %(criterion)s") % {"name": unit.name, "criterion": label_of(criterion)},
        back=back,
        act=act,
    )
