"""Pages of pilots: the list, planning one, one pilot with its rounds, units, figures, decisions, the paper."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from campaigns.campaigns.permissions import can_see_campaigns
from campaigns.campaigns.terms import STATE_TONES, CampaignState
from campaigns.pilots import permissions, services
from campaigns.pilots.documents import pilot_sheet
from campaigns.pilots.forms import FiguresForm, MeasuresForm, PlanForm, RulingForm, UnitForm
from campaigns.pilots.labels import SOURCE_WORDS
from campaigns.pilots.models import Pilot, PilotRound
from campaigns.pilots.rules import write_measures as as_typed
from campaigns.pilots.selectors import advice_for, figures_of, shown_pilot
from campaigns.pilots.tables import PILOTS
from campaigns.pilots.terms import Size, Source
from kam.core.answers import answer_form
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require


@require_GET
def list_pilots(request: AuthedRequest) -> HttpResponseBase:
    """Pilots of the campaigns that one sees."""
    require(can_see_campaigns(request.user))
    context = {"can_plan": permissions.can_plan_pilot(request.user)}
    return list_response(request, PILOTS, page="campaigns/pilots/list.html", context=context)


def pilot_or_404(request: AuthedRequest, pk: int) -> Pilot:
    """Return a pilot that the person may see."""
    rows = Pilot.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("campaign__coordinator", "by"), pk=pk)


def round_or_404(pilot: Pilot, number: int) -> PilotRound:
    return get_object_or_404(PilotRound.objects.select_related("pilot__campaign"), pilot=pilot, number=number)


@require_http_methods(["GET", "POST"])
def plan_pilot(request: AuthedRequest) -> HttpResponse:
    """Draft a pilot after the template."""
    require(permissions.can_plan_pilot(request.user))
    form = PlanForm(request.POST or None)

    def act(_told: dict[str, Any]) -> str:
        return services.plan_pilot(form.plan(), by=request.user).get_absolute_url()

    title, submit = _("New pilot launch"), _("Make the draft")
    return answer_form(request, form, title=title, back=PILOTS.url, act=act, submit=submit)


@require_GET
def show_pilot(request: AuthedRequest, pk: int) -> HttpResponse:
    """One pilot: what is to be learned, its units, each round with its figures and what was decided."""
    pilot = pilot_or_404(request, pk)
    is_running = pilot.campaign.state == CampaignState.RUNNING
    can_run = permissions.can_run_pilot(request.user, pilot)
    context = {
        "pilot": pilot,
        "shown": shown_pilot(pilot, request.user),
        "tone": STATE_TONES[CampaignState(pilot.campaign.state)],
        "can_measure": permissions.can_measure_pilot(request.user, pilot),
        "can_run": can_run,
        "can_tell": can_run and is_running,
        "can_decide": permissions.can_decide_pilot(request.user, pilot),
    }
    return render(request, "campaigns/pilots/pilot.html", context)


@require_http_methods(["GET", "POST"])
def write_measures(request: AuthedRequest, pk: int) -> HttpResponse:
    """Write what is measured in every round."""
    pilot = pilot_or_404(request, pk)
    require(permissions.can_measure_pilot(request.user, pilot))

    def drawn(posted: Any = None) -> MeasuresForm:
        row = pilot_or_404(request, pk)
        words = {source: str(word) for source, word in SOURCE_WORDS.items()}
        measures = as_typed((measure.spec for measure in row.measures.all()), words)
        return MeasuresForm(posted, initial={"measures": measures, "version": row.version})

    def act(told: dict[str, Any]) -> None:
        services.write_measures(pilot, told["measures"], by=request.user, version=told["version"] or 0)

    title = _("What is measured in %(pilot)s") % {"pilot": pilot}
    form, back = drawn(request.POST or None), pilot.get_absolute_url()
    return answer_form(request, form, title=title, back=back, act=act, fresh=drawn)


@require_http_methods(["GET", "POST"])
def choose_unit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Put a unit into a round."""
    pilot = pilot_or_404(request, pk)
    require(permissions.can_run_pilot(request.user, pilot))
    form = UnitForm(request.POST or None, pilot=pilot, user=request.user)

    def act(told: dict[str, Any]) -> None:
        services.choose_unit(pilot, told["unit"], Size(told["size"]), told["round"], by=request.user)

    title = _("A unit for %(pilot)s") % {"pilot": pilot}
    return answer_form(request, form, title=title, back=pilot.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def tell_figures(request: AuthedRequest, pk: int, number: int) -> HttpResponse:
    """Tell the figures of a round that KAM does not count itself."""
    pilot = pilot_or_404(request, pk)
    row = round_or_404(pilot, number)
    require(permissions.can_run_pilot(request.user, pilot))
    measures = list(pilot.measures.filter(source=Source.TOLD))
    kept = {f"m{measure}": value for measure, value in row.readings.values_list("measure", "value")}
    form = FiguresForm(request.POST or None, measures=measures, initial=kept)

    def act(_told: dict[str, Any]) -> None:
        services.tell_figures(row, form.told(), by=request.user)

    title = _("Figures of round %(number)s") % {"number": number}
    return answer_form(request, form, title=title, back=pilot.get_absolute_url(), act=act)


@require_http_methods(["GET", "POST"])
def decide_round(request: AuthedRequest, pk: int, number: int) -> HttpResponse:
    """Expand, change or stop after a round."""
    pilot = pilot_or_404(request, pk)
    row = round_or_404(pilot, number)
    require(permissions.can_decide_pilot(request.user, pilot))
    form = RulingForm(request.POST or None, initial={"verdict": advice_for(figures_of(row))})

    def act(_told: dict[str, Any]) -> None:
        services.decide_round(row, form.ruling(), by=request.user)

    title = _("Decide round %(number)s") % {"number": number}
    back = pilot.get_absolute_url()
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Record the decision"))


@require_GET
def print_pilot(request: AuthedRequest, pk: int) -> HttpResponse:
    """The pilot with its rounds, to be signed."""
    pilot = pilot_or_404(request, pk)
    sheet = pilot_sheet(pilot, request.user, language=language_asked(request))
    return pdf_response(sheet, by=request.user, filename=f"{sheet.number}.pdf")
