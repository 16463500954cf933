"""Pages of relationships: insiders of a unit, cultivating one, strengthening sheets with their actions and reviews."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.persons.permissions import can_edit_person
from accounts.persons.terms import Insider
from accounts.persons.views import person_or_404
from accounts.relationships import services
from accounts.relationships.documents import shown_sheet, strengthening_paper
from accounts.relationships.forms import ActionForm, InsiderForm, OpenForm, ResultForm, SheetReviewForm
from accounts.relationships.models import StrengtheningAction, StrengtheningSheet
from accounts.relationships.selectors import PER_MONTH, insiders_of, levels_of, plans_on, strength_on
from accounts.relationships.tables import SHEETS
from accounts.relationships.terms import Strength
from accounts.units.permissions import can_edit_unit
from accounts.units.views import unit_or_404
from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.settings_rows.selectors import int_setting
from kam.users.http import AuthedRequest, language_asked, require
from kam.users.scopes import Reach, scope_of

_FORM = ["GET", "POST"]
_MONTH = timedelta(days=30)


@require_GET
def list_sheets(request: AuthedRequest) -> HttpResponseBase:
    require(scope_of(request.user).reach is not Reach.NOTHING)
    return list_response(request, SHEETS)


@require_GET
def show_insiders(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    """Who supports us from inside, what to learn from them, how often we meet, whether they are enough."""
    unit = unit_or_404(request, unit_pk)
    shown = insiders_of(unit, today=business_date())
    context = {"unit": unit, "shown": shown, "can_edit": can_edit_unit(request.user, unit)}
    return render(request, "accounts/relationships/insiders.html", context)


@require_http_methods(_FORM)
def cultivate(request: AuthedRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    require(can_edit_person(request.user, person))
    plan = plans_on([person.pk], business_date()).get(person.pk)
    initial = {
        "version": person.version,
        "kind": person.insider,
        "learn": person.insider_learn,
        "cultivate": person.insider_cultivate,
        "tasks": plan.tasks if plan else [],
        "per_month": plan.per_month if plan else int_setting(PER_MONTH),
    }
    form = InsiderForm(request.POST or None, initial=initial)

    def act(told: dict[str, Any]) -> None:
        insider = services.InsiderTold(
            Insider(told["kind"]), told["learn"], told["cultivate"], told["tasks"], told["per_month"]
        )
        services.cultivate(person, insider, by=request.user, version=told["version"])

    title = _("Cultivate %(name)s") % {"name": person.name}
    back = reverse("unit-insiders", args=[person.unit_id])
    return answer_form(request, form, title=title, back=back, act=act)


@require_http_methods(_FORM)
def open_sheet(request: AuthedRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    require(can_edit_person(request.user, person))
    today = business_date()
    known = strength_on(levels_of([person.pk]).get(person.pk, ()), today) or Strength.STRANGER
    initial = {
        "present": int(known),
        "target": min(int(known) + 1, int(max(Strength))),
        "next_review_on": today + _MONTH,
    }
    form = OpenForm(request.POST or None, initial=initial)

    def act(told: dict[str, Any]) -> str:
        aim = services.Aim(told["present"], told["target"], told["goal"], told["next_review_on"])
        return services.open_sheet(person, aim, by=request.user).get_absolute_url()

    title = _("Strengthen the relationship with %(name)s") % {"name": person.name}
    back = reverse("unit-insiders", args=[person.unit_id])
    return answer_form(request, form, title=title, back=back, act=act)


def _sheet(request: AuthedRequest, pk: int) -> StrengtheningSheet:
    rows = StrengtheningSheet.objects.visible_to(request.user).select_related("unit__owner", "person", "by")
    return get_object_or_404(rows, pk=pk)


def _editable(request: AuthedRequest, pk: int) -> StrengtheningSheet:
    sheet = _sheet(request, pk)
    require(can_edit_unit(request.user, sheet.unit))
    return sheet


@require_GET
def show_sheet(request: AuthedRequest, pk: int) -> HttpResponse:
    sheet = _sheet(request, pk)
    can_edit = sheet.closed_on is None and can_edit_unit(request.user, sheet.unit)
    context = {"sheet": sheet, "unit": sheet.unit, "shown": shown_sheet(sheet), "can_edit": can_edit}
    return render(request, "accounts/relationships/sheet.html", context)


@require_GET
def print_sheet(request: AuthedRequest, pk: int) -> HttpResponse:
    sheet = _sheet(request, pk)
    language = language_asked(request)
    paper = strengthening_paper(sheet, language=language)
    return pdf_response(paper, by=request.user, filename=f"strengthening-{sheet.pk}.pdf")


@require_http_methods(_FORM)
def add_action(request: AuthedRequest, pk: int) -> HttpResponse:
    sheet = _editable(request, pk)
    form = ActionForm(
        request.POST or None, initial={"due_on": business_date() + timedelta(days=7), "cost": 0}
    )

    def act(told: dict[str, Any]) -> None:
        services.add_action(sheet, told["text"], due_on=told["due_on"], cost=told["cost"], by=request.user)

    title = _("Action for %(name)s") % {"name": sheet.person.name}
    return answer_form(request, form, title=title, back=sheet.get_absolute_url(), act=act)


@require_http_methods(_FORM)
def finish_action(request: AuthedRequest, pk: int, action_pk: int) -> HttpResponse:
    sheet = _editable(request, pk)
    action = get_object_or_404(StrengtheningAction.objects.filter(sheet=sheet), pk=action_pk)
    form = ResultForm(request.POST or None, initial={"result": action.result})

    def act(told: dict[str, Any]) -> None:
        services.finish_action(action, told["result"], by=request.user)

    return answer_form(request, form, title=action.text, back=sheet.get_absolute_url(), act=act)


@require_http_methods(_FORM)
def review_sheet(request: AuthedRequest, pk: int) -> HttpResponse:
    sheet = _editable(request, pk)

    def form_of(sheet: StrengtheningSheet, posted: Any = None) -> SheetReviewForm:
        initial = {
            "version": sheet.version,
            "strength": sheet.strength,
            "result": sheet.result,
            "next_review_on": business_date() + _MONTH,
        }
        return SheetReviewForm(posted, initial=initial)

    form = form_of(sheet, request.POST or None)

    def act(told: dict[str, Any]) -> None:
        reviewed = services.Reviewed(
            told["strength"], told["result"], told["next_review_on"], told["outcome"]
        )
        services.review_sheet(sheet, reviewed, by=request.user, version=told["version"])

    title = _("Review the relationship with %(name)s") % {"name": sheet.person.name}
    return answer_form(
        request,
        form,
        title=title,
        back=sheet.get_absolute_url(),
        act=act,
        fresh=lambda: form_of(_editable(request, pk)),
    )
