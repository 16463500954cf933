"""The one page of discount rules outside the administration: the paper that confirms them."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from campaigns.campaigns.views import campaign_or_404
from campaigns.discounts.documents import confirmation_sheet
from kam.core.clock import business_date
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked


@require_GET
def print_confirmation(request: AuthedRequest, pk: int) -> HttpResponse:
    """What the campaign gives, for whoever sees the campaign."""
    campaign = campaign_or_404(request, pk)
    sheet = confirmation_sheet(campaign, day=business_date(), language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{campaign.code}-discounts.pdf")
