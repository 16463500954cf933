"""The ledger of promises, and the briefing pack as paper."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from accounts.units.views import unit_or_404
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require
from visits.packs.documents import briefing_pack
from visits.packs.labels import STANDING_LABELS
from visits.packs.permissions import can_see_promises
from visits.packs.selectors import tallies
from visits.packs.tables import PROMISES


@require_GET
def list_promises(request: AuthedRequest) -> HttpResponseBase:
    require(can_see_promises(request.user))
    context = {"tallies": tallies(request.user), "labels": list(STANDING_LABELS.values())}
    return list_response(request, PROMISES, page="visits/packs/promises.html", context=context)


@require_GET
def print_pack(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    sheet = briefing_pack(unit, request.user, language=request.user.language)
    return pdf_response(sheet, by=request.user, filename=f"briefing-{unit.pk}.pdf")
