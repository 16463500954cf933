"""Pages on which a campaign is written: what it says of itself, and its rows one by one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.campaigns import parts
from campaigns.campaigns.forms import PART_FORMS, HeadForm, NewForm
from campaigns.campaigns.labels import PART_LABELS
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.permissions import can_add_campaign, can_edit_part, can_edit_plan, can_tick_line
from campaigns.campaigns.terms import PartKind
from campaigns.campaigns.views import campaign_or_404
from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.users.http import AuthedRequest, require

#: Rows that name a unit: whoever does not see the unit does not see the row.
OF_UNITS = frozenset({PartKind.CANDIDATE, PartKind.BATCH})
TEMPLATE = "campaigns/campaigns/part.html"


@require_http_methods(["GET", "POST"])
def draft(request: AuthedRequest) -> HttpResponse:
    """Begin a campaign of one's own."""
    require(can_add_campaign(request.user))
    form = NewForm(request.POST or None, campaign=None, user=request.user)

    def act(told: dict[str, Any]) -> str:
        return parts.draft_campaign(told["code"], form.head(), by=request.user).get_absolute_url()

    title, back = _("New campaign"), reverse("campaigns")
    return answer_form(request, form, title=title, back=back, act=act, submit=_("Make the draft"))


@require_http_methods(["GET", "POST"])
def edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change what a drafted campaign says of itself."""
    campaign = campaign_or_404(request, pk)
    require(can_edit_plan(request.user, campaign))

    def form_of(data: Any, row: Campaign) -> HeadForm:
        told = {name: getattr(row, name) for name in parts.CampaignHead.__slots__}
        return HeadForm(data, campaign=row, user=request.user, initial=told)

    form = form_of(request.POST or None, campaign)

    def act(_told: dict[str, Any]) -> None:
        parts.edit_head(campaign, form.head(), by=request.user, version=form.seen)

    return answer_form(
        request,
        form,
        title=campaign.name,
        back=campaign.get_absolute_url(),
        act=act,
        fresh=lambda: form_of(None, Campaign.objects.get(pk=campaign.pk)),
    )


@require_http_methods(["GET", "POST"])
def add(request: AuthedRequest, pk: int, kind: PartKind) -> HttpResponse:
    """Add a row to the campaign."""
    campaign = campaign_or_404(request, pk)
    require(can_edit_part(request.user, campaign, kind))

    def form_of(data: Any, row: Campaign) -> Any:
        return PART_FORMS[kind](data, campaign=row, user=request.user)

    form = form_of(request.POST or None, campaign)

    def act(_told: dict[str, Any]) -> None:
        parts.add_part(campaign, kind, form.told(), by=request.user, version=form.seen)

    return answer_form(
        request,
        form,
        title=_("%(campaign)s: %(part)s") % {"campaign": campaign.name, "part": PART_LABELS[kind]},
        back=campaign.get_absolute_url(),
        act=act,
        fresh=lambda: form_of(None, Campaign.objects.get(pk=campaign.pk)),
    )


@require_http_methods(["GET", "POST"])
def change(request: AuthedRequest, pk: int, kind: PartKind, part: int) -> HttpResponse:
    """Change a row of the campaign."""
    campaign = campaign_or_404(request, pk)
    row = _part_or_404(request, campaign, kind, part)
    require(can_edit_part(request.user, campaign, kind))

    def form_of(data: Any, now: Any) -> Any:
        form = PART_FORMS[kind](data, campaign=now.campaign, user=request.user)
        form.initial.update({name: getattr(now, name) for name in form.fields if name != "version"})
        return form

    form = form_of(request.POST or None, row)
    form.removable = can_edit_plan(request.user, campaign)

    def act(_told: dict[str, Any]) -> None:
        parts.change_part(row, kind, form.told(), by=request.user, version=form.seen)

    return answer_form(
        request,
        form,
        title=_("%(campaign)s: %(part)s") % {"campaign": campaign.name, "part": PART_LABELS[kind]},
        back=campaign.get_absolute_url(),
        act=act,
        template=TEMPLATE,
        fresh=lambda: form_of(None, parts.MODELS[kind].objects.select_related("campaign").get(pk=part)),
    )


@require_POST
def remove(request: AuthedRequest, pk: int, kind: PartKind, part: int) -> HttpResponse:
    """Take a row out of the draft."""
    campaign = campaign_or_404(request, pk)
    row = _part_or_404(request, campaign, kind, part)
    require(can_edit_plan(request.user, campaign))
    try:
        parts.remove_part(row, kind, by=request.user, version=number_in(request.POST.get("version")) or 0)
    except BusinessError as error:
        return refused(request, error, back=campaign.get_absolute_url())
    toast(request, _("Removed."))
    return redirect(campaign.get_absolute_url())


@require_POST
def tick(request: AuthedRequest, pk: int, part: int) -> HttpResponse:
    """Say that a line of the schedule is done, or that it is not."""
    campaign = campaign_or_404(request, pk)
    line = get_object_or_404(campaign.schedule.all(), pk=part)
    require(can_tick_line(request.user, campaign, line.owner_id))
    try:
        parts.tick_line(line, done=request.POST.get("done") == "1", by=request.user)
    except BusinessError as error:
        return refused(request, error, back=campaign.get_absolute_url())
    return redirect(campaign.get_absolute_url())


def _part_or_404(request: AuthedRequest, campaign: Campaign, kind: PartKind, part: int) -> Any:
    """Return a row of this campaign; a unit that the person does not see is not there."""
    rows = parts.MODELS[kind].objects.select_related("campaign").filter(campaign=campaign)
    row = get_object_or_404(rows, pk=part)
    if kind in OF_UNITS and not rows.visible_to(request.user).filter(pk=part).exists():
        raise Http404
    return row
