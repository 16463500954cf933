"""Today, and the digests as they were made."""

from datetime import date

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kam.core.clock import business_date
from kam.today.documents import digest_pdf, plan_pdf
from kam.today.models import Digest
from kam.today.pages import today_page
from kam.today.permissions import can_see_missed_digests
from kam.today.selectors import digest_days
from kam.today.terms import DigestState, Slot
from kam.today.tour import tour_of
from kam.users.http import AuthedRequest, require

SHOWN_DIGESTS = 60
SHOWN_MISSED = 200


@require_GET
def today(request: AuthedRequest) -> HttpResponse:
    """The first page of the day: what this position has to do and to know."""
    page = today_page(request.user, timezone.now(), csrf_token=get_token(request))
    return render(request, "today/today.html", {"page": page})


@require_GET
def show_tour(request: AuthedRequest) -> HttpResponse:
    """What KAM is for in this person's day."""
    return render(request, "today/tour.html", {"stops": tour_of(request.user)})


@require_GET
def digests(request: AuthedRequest) -> HttpResponse:
    """The latest digests of this person."""
    rows = Digest.objects.visible_to(request.user).defer("blocks")[:SHOWN_DIGESTS]
    return render(request, "today/digests.html", {"digests": rows})


@require_GET
def digest(request: AuthedRequest, day: date, slot: Slot) -> HttpResponse:
    """One digest, frozen as it was made."""
    row = get_object_or_404(Digest.objects.visible_to(request.user), date=day, slot=slot)
    return render(request, "today/digest.html", {"digest": row})


@require_GET
def digest_as_pdf(request: AuthedRequest, day: date, slot: Slot) -> HttpResponse:
    """One digest on paper."""
    row = get_object_or_404(Digest.objects.visible_to(request.user), date=day, slot=slot)
    return _pdf(digest_pdf(str(row.pk)), f"KAM-{day}-{slot}.pdf")


@require_GET
def print_today(request: AuthedRequest) -> HttpResponse:
    """Today's plan on paper, as it is now."""
    return _pdf(plan_pdf(request.user, timezone.now()), f"KAM-{business_date()}.pdf")


@require_GET
def missed_digests(request: AuthedRequest) -> HttpResponse:
    """What nobody got in time, and how each day's digests went."""
    require(can_see_missed_digests(request.user))
    context = {
        "days": digest_days(business_date()),
        "missed": Digest.objects.filter(state=DigestState.MISSED).select_related("user")[:SHOWN_MISSED],
    }
    return render(request, "today/missed.html", context)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
