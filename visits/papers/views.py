"""Papers of the day and the week: on the screen and printed."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from kam.core.asked import day_in, number_in
from kam.core.clock import business_date
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require
from kam.users.models import User
from visits.papers import documents, selectors
from visits.quotas.selectors import people_seen_by


@require_GET
def daily_report(request: AuthedRequest) -> HttpResponse:
    person, day = _person(request), _day(request)
    report = selectors.daily_report(person, day, reader=request.user)
    if request.GET.get("print"):
        sheet = documents.daily_sheet(report, by=request.user)
        return pdf_response(sheet, by=request.user, filename=f"{sheet.number}.pdf")
    context = {"report": report, "people": people_seen_by(request.user), **_around(day, 1)}
    return render(request, "visits/papers/daily.html", context)


@require_GET
def contact_sheet(request: AuthedRequest) -> HttpResponse:
    person, day = _person(request), _day(request)
    sheet = selectors.contact_sheet(person, day, reader=request.user)
    if request.GET.get("print"):
        paper = documents.contact_paper(sheet, by=request.user)
        return pdf_response(paper, by=request.user, filename=f"{paper.number}.pdf")
    context = {"sheet": sheet, "people": people_seen_by(request.user), **_around(day, 7)}
    return render(request, "visits/papers/contact_sheet.html", context)


def _person(request: AuthedRequest) -> User:
    people = people_seen_by(request.user)
    asked = request.GET.get("user", "")
    if asked:
        return get_object_or_404(people, pk=number_in(asked) or 0)
    own = people.filter(pk=request.user.pk).first() or people.first()
    require(own is not None)
    assert own is not None  # noqa: S101 -- require answered
    return own


def _day(request: AuthedRequest) -> date:
    text = request.GET.get("day", "")
    day = day_in(text) if text else business_date()
    if day is None:
        raise Http404
    return day


def _around(day: date, step: int) -> dict[str, date]:
    return {"day": day, "before": day - timedelta(days=step), "after": day + timedelta(days=step)}
