"""The evening form: today's, those handed in, one of them."""

import uuid
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kam.core.asked import day_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, require
from kam.users.models import User
from kam.users.terms import Position
from visits.followups import documents, selectors, services
from visits.followups.forms import DayForm, RowFormSet, day_entry
from visits.followups.models import FollowUp
from visits.followups.permissions import can_file_followup
from visits.followups.tables import FOLLOW_UPS
from visits.visits.models import Draft
from visits.visits.services import DifferentBodyError, discard_draft, send_once
from visits.visits.views import answer_sent, body_of, wants_json


@require_GET
def followups(request: AuthedRequest) -> HttpResponseBase:
    extra = {"can_file": can_file_followup(request.user), "day": business_date()}
    return list_response(request, FOLLOW_UPS, page="visits/followups/list.html", context=extra)


@require_http_methods(["GET", "POST"])
def file_followup(request: AuthedRequest) -> HttpResponse:
    require(can_file_followup(request.user))
    day = _day(request)
    stored = FollowUp.objects.filter(user=request.user, day=day).first()
    if request.method == "POST":
        form, rows = DayForm(request.POST), _rows(request, day, data=request.POST)
        return _send(request, day, form, rows)
    names = ("summary", "problems", "tomorrow", "further_plan", "version")
    initial: dict[str, Any] = {name: getattr(stored, name) for name in names} if stored else {"version": 0}
    form = DayForm(initial=initial | {"key": uuid.uuid4()})
    return _page(request, day, form, _rows(request, day, initial=_first_rows(request.user, day, stored)))


def _day(request: AuthedRequest) -> date:
    text = request.GET.get("day", "")
    day = day_in(text) if text else business_date()
    if day is None:
        raise Http404
    return day


def _rows(request: AuthedRequest, day: date, **kwargs: Any) -> Any:
    units = selectors.units_of_the_day(request.user, day).order_by("sort_key", "pk")
    colleagues = (
        User.objects.working()
        .exclude(pk=request.user.pk)
        .exclude(position=Position.ADMINISTRATOR)
        .order_by("staff_number")
    )
    form_kwargs = {"by": request.user, "units": units, "colleagues": colleagues}
    return RowFormSet(**kwargs, prefix="rows", form_kwargs=form_kwargs)


def _first_rows(user: User, day: date, stored: FollowUp | None) -> list[dict[str, Any]]:
    """Return the rows of the stored form, then the units touched that are not in it yet."""
    rows = []
    if stored is not None:
        names = ("unit", "done", "problems", "result", "intention", "next_step", "next_step_on")
        for row in stored.rows.select_related("unit", "next_step_owner", "help_from"):
            values = {name: getattr(row, name) for name in (*names, "help_wanted", "help_from")}
            values["next_step_owner"] = None if row.next_step_owner_id == user.pk else row.next_step_owner
            rows.append(values)
    there = {row["unit"].pk for row in rows}
    return rows + [
        {
            "unit": touched.unit,
            "done": "\n".join(touched.done),
            "problems": "\n".join(touched.problems),
            "result": touched.result,
            "next_step": touched.next_step,
            "next_step_on": touched.next_step_on,
        }
        for touched in selectors.touched_units(user, day)
        if touched.unit.pk not in there
    ]


def _page(request: AuthedRequest, day: date, form: DayForm, rows: Any, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "rows": rows,
        "day": day,
        "is_today": day == business_date(),
        "draft": Draft.objects.filter(user=request.user, kind="followup", key=day.isoformat()).first(),
    }
    return render(request, "visits/followups/form.html", context, status=status)


def _send(request: AuthedRequest, day: date, form: DayForm, rows: Any) -> HttpResponse:
    status = 422
    if all([form.is_valid(), rows.is_valid()]):
        try:
            location = _sent_once(request, day, form, rows)
        except DifferentBodyError as error:
            form.add_error(None, str(error))
            status = error.status
        except BusinessError as error:
            add_business_error(form, error)
            status = error.status
        else:
            if not wants_json(request):
                toast(request, _("Follow-up form handed in."))
            return answer_sent(request, location)
    if wants_json(request):
        return JsonResponse({"errors": form.errors.get_json_data(), "rows": rows.errors}, status=status)
    return _page(request, day, form, rows, status=status)


def _sent_once(request: AuthedRequest, day: date, form: DayForm, rows: Any) -> str:
    def save() -> str:
        entry = day_entry(form, rows)
        filed = services.file_followup(day, entry, by=request.user, version=form.cleaned_data["version"])
        discard_draft("followup", day.isoformat(), by=request.user)
        return reverse("followup", args=[filed.pk])

    key = form.cleaned_data["key"]
    return send_once(save, by=request.user, route="followup", key=key, body=body_of(request.POST))


@require_GET
def followup(request: AuthedRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(selectors.followup_for_page(request.user, pk))
    context = {"form": shown, "is_mine": shown.user_id == request.user.pk}
    return render(request, "visits/followups/followup.html", context)


@require_GET
def followup_pdf(request: AuthedRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(selectors.followup_for_page(request.user, pk))
    sheet = documents.followup_sheet(shown, by=request.user)
    return pdf_response(sheet, by=request.user, filename=f"{sheet.number}.pdf")
