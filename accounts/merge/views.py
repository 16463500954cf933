"""Pages of merging: duplicates, with whom, both side by side, one merge, taking it back; where old addresses lead."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.merge import dated, selectors, services
from accounts.merge.forms import MergeForm, OtherUnitForm, UndoForm
from accounts.merge.labels import ALIKE_LABELS
from accounts.merge.models import Merge
from accounts.merge.permissions import (
    can_change,
    can_merge_persons,
    can_propose,
    can_see_duplicates,
    can_undo,
)
from accounts.merge.rows import numbers_of, told_of
from accounts.merge.tables import MERGES
from accounts.merge.terms import Kind, MergeState, Weight
from accounts.persons.models import Person
from accounts.persons.permissions import can_edit_person
from accounts.persons.views import person_or_404
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.views import unit_or_404
from kam.approvals.selectors import request_for
from kam.core.answers import answer_form, refused
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require

_FORM = ["GET", "POST"]


@require_GET
def list_merges(request: AuthedRequest) -> HttpResponseBase:
    require(can_see_duplicates(request.user))
    return list_response(request, MERGES, page="accounts/merge/list.html")


@require_GET
def list_duplicates(request: AuthedRequest) -> HttpResponse:
    """Pairs of the own scope that look alike; what was said to be two is not asked again."""
    require(can_see_duplicates(request.user))
    pairs = selectors.duplicate_units(request.user) + selectors.duplicate_persons(request.user)
    waiting = selectors.waiting_merges(request.user, pairs)
    rows = [
        {
            "pair": pair,
            "alike": [ALIKE_LABELS[key] for key in pair.likeness],
            "waiting": waiting.get((pair.low.pk, pair.high.pk)) if pair.kind is Kind.UNIT else None,
            "may_merge": _may_merge(request, pair),
            "url": _merge_url(pair.kind, pair.low, pair.high),
        }
        for pair in pairs
    ]
    return render(request, "accounts/merge/duplicates.html", {"rows": rows})


def _may_merge(request: AuthedRequest, pair: selectors.Pair) -> bool:
    if pair.kind == Kind.UNIT:
        return can_propose(request.user, pair.low, pair.high)
    return can_merge_persons(request.user, pair.low, pair.high)


def _merge_url(kind: Kind, survivor: Any, loser: Any) -> str:
    room = "accounts" if kind == Kind.UNIT else "persons"
    return f"/{room}/{survivor.pk}/merge/{loser.pk}/"


@require_POST
def keep_apart(request: AuthedRequest, kind: str, low: int, high: int) -> HttpResponse:
    """Remember that these two are not the same."""
    if kind not in set(Kind):
        raise Http404
    if kind == Kind.UNIT:
        units = unit_or_404(request, low), unit_or_404(request, high)
        require(can_propose(request.user, *units))
    else:
        people = person_or_404(request, low), person_or_404(request, high)
        require(can_merge_persons(request.user, *people))
    try:
        services.keep_apart(Kind(kind), low, high, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=reverse("duplicate-files"))
    toast(request, _("Noted: these are two."))
    return redirect("duplicate-files")


@require_http_methods(_FORM)
def choose_unit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say which other unit is the same as this one."""
    unit = unit_or_404(request, pk)
    require(can_edit_unit(request.user, unit))
    form = OtherUnitForm(request.POST or None, user=request.user)

    def act(told: dict[str, Any]) -> str:
        if told["other"].pk == unit.pk:
            raise BusinessError(_("A file cannot be merged with itself."), code="same", field="other")
        return _merge_url(Kind.UNIT, unit, told["other"])

    title = _("Merge %(name)s with another unit") % {"name": unit.name}
    return answer_form(
        request,
        form,
        title=title,
        back=unit.get_absolute_url(),
        act=act,
        done=_("Compare both."),
        submit=_("Compare"),
    )


@require_GET
def choose_person(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say which other entry of the unit is the same person."""
    person = person_or_404(request, pk)
    require(can_edit_person(request.user, person))
    others = Person.objects.filter(unit=person.unit_id).exclude(pk=person.pk).order_by("left_on", "pinyin")
    context = {"person": person, "others": others}
    return render(request, "accounts/merge/choose_person.html", context)


@require_http_methods(_FORM)
def merge_units(request: AuthedRequest, pk: int, other: int) -> HttpResponse:
    """Both units side by side; sending it asks manager and director."""
    survivor, loser = unit_or_404(request, pk), unit_or_404(request, other)
    require(can_propose(request.user, survivor, loser))
    return _side_by_side(request, Kind.UNIT, survivor, loser)


@require_http_methods(_FORM)
def merge_persons(request: AuthedRequest, pk: int, other: int) -> HttpResponse:
    """Both entries side by side; sending it makes them one at once."""
    survivor, loser = person_or_404(request, pk), person_or_404(request, other)
    require(can_merge_persons(request.user, survivor, loser))
    return _side_by_side(request, Kind.PERSON, survivor, loser)


@require_http_methods(_FORM)
def change_merge(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change a returned proposal and hand it in again."""
    merge = _merge(request, pk)
    require(can_change(request.user, merge))
    survivor = get_object_or_404(KeyAccount.objects.visible_to(request.user), pk=merge.survivor_unit_id)
    loser = get_object_or_404(KeyAccount.objects.visible_to(request.user), pk=merge.loser_unit_id)
    return _side_by_side(request, Kind.UNIT, survivor, loser, merge=merge)


def _side_by_side(
    request: AuthedRequest, kind: Kind, survivor: Any, loser: Any, *, merge: Merge | None = None
) -> HttpResponse:
    findings = selectors.findings_of(kind, survivor, loser)
    refusing = [finding for finding in findings if finding.weight is Weight.REFUSES]
    asking = [finding for finding in findings if finding.weight is Weight.ASKS]
    initial = {"reason": merge.reason, "version": merge.version} if merge else {}
    form = MergeForm(
        request.POST or None,
        choices=_sides(request, kind, survivor, loser, merge),
        must_confirm=bool(asking),
        initial=initial,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = _act(request, kind, survivor, loser, form, merge)
            except BusinessError as error:
                add_business_error(form, error)
                status = error.status
            else:
                toast(
                    request,
                    _("Merged. It can be taken back here.")
                    if kind == Kind.PERSON
                    else _("Sent for approval."),
                )
                return redirect(done)
    context = {
        "kind": kind,
        "survivor": survivor,
        "loser": loser,
        "form": form,
        "refusing": refusing,
        "asking": asking,
        "swap": "" if merge else _merge_url(kind, loser, survivor),
    }
    if not refusing:
        planned = merge or services.draft(kind, survivor, loser, by=request.user)
        context |= _rehearsed(request, planned, loser)
    return render(request, "accounts/merge/compare.html", context, status=status)


def _sides(
    request: AuthedRequest, kind: Kind, survivor: Any, loser: Any, merge: Merge | None
) -> list[tuple[Any, Any, str, str]]:
    """Return the fields that differ with both values in words; contact data masked for whoever may not read it."""
    rows = services.choices_for(kind, survivor, loser, merge.choices if merge else {})
    hidden = selectors.hidden_fields(kind, survivor, request.user)
    observed = dated.choices_for(survivor, loser, merge.choices if merge else {}) if kind is Kind.UNIT else []
    return [
        (
            choice,
            selectors.field_words(kind, choice.field),
            *(
                selectors.masked(choice.field, selectors.words_of(row, choice.field), hidden)
                for row in (survivor, loser)
            ),
        )
        for choice in rows
        if choice.differs
    ] + [(choice, dated.label_of(choice), *dated.texts_of(choice)) for choice in observed]


def _rehearsed(request: AuthedRequest, merge: Merge, loser: Any) -> dict[str, Any]:
    """Return what would move, by carrying the merge out and dropping it again."""
    kind = Kind(merge.kind)
    try:
        moved, numbers = services.rehearse(merge)
    except BusinessError as error:
        held = Merge.objects.visible_to(request.user).holding(kind, loser.pk)
        return {"stopped": error, "waiting": held.exclude(pk=merge.pk).first(), "swap": ""}
    return {"told": told_of(kind, moved, numbers, request.user, whole=request.GET.get("rows", ""))}


def _act(
    request: AuthedRequest, kind: Kind, survivor: Any, loser: Any, form: MergeForm, merge: Merge | None
) -> Merge:
    told: dict[str, Any] = {
        "choices": form.chosen(),
        "reason": form.cleaned_data["reason"],
        "by": request.user,
        "confirmed": bool(form.cleaned_data.get("confirmed")),
    }
    if merge is not None:
        return services.propose_again(merge, version=form.cleaned_data["version"], **told)
    act = services.propose_merge if kind == Kind.UNIT else services.merge_persons
    return act(survivor, loser, **told)


@require_GET
def show_merge(request: AuthedRequest, pk: int) -> HttpResponse:
    merge = _merge(request, pk)
    moved, whole = selectors.moved_rows(merge), request.GET.get("rows", "")
    context = {
        "merge": merge,
        "told": told_of(Kind(merge.kind), moved, numbers_of(merge), request.user, whole=whole),
        "dated": dated.written_values(merge),
        "written": selectors.written_fields(merge, request.user),
        "approval": request_for(services.SUBJECT, merge, reader=request.user)
        if merge.kind == Kind.UNIT
        else None,
        "may_undo": can_undo(request.user, merge),
        "may_change": can_change(request.user, merge),
        "is_merged": merge.state == MergeState.MERGED,
    }
    return render(request, "accounts/merge/merge.html", context)


@require_http_methods(_FORM)
def undo_merge(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take a merge back: both files have again what was theirs."""
    merge = _merge(request, pk)
    require(can_undo(request.user, merge))
    form = UndoForm(request.POST or None, initial={"version": merge.version})

    def act(told: dict[str, Any]) -> None:
        services.undo_merge(merge, by=request.user, reason=told["reason"], version=told["version"])

    return answer_form(
        request,
        form,
        title=_("Take the merge of %(name)s back") % {"name": merge.loser},
        back=merge.get_absolute_url(),
        act=act,
        done=_("Taken back."),
        submit=_("Take the merge back"),
    )


def _merge(request: AuthedRequest, pk: int) -> Merge:
    rows = Merge.objects.visible_to(request.user).select_related(
        "survivor_unit",
        "loser_unit",
        "survivor_person__unit",
        "loser_person",
        "asked_by",
        "undone_by",
    )
    return get_object_or_404(rows, pk=pk)
