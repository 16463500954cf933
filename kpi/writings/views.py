"""Pages of writings: list, begin, one writing, its parts, hand in, read, print."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kam.core.answers import answer_form, refused
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.periods import month_of
from kam.lists.http import list_response
from kam.pdf.services import pdf_response
from kam.users.http import AuthedRequest, language_asked, require
from kpi.measures.rules import months_before, name_of, period_named
from kpi.writings import services
from kpi.writings.documents import writing_paper
from kpi.writings.forms import BeginForm, RemarkForm, WriteForm
from kpi.writings.models import Writing
from kpi.writings.permissions import can_edit, can_mark_read, can_see_writings, kinds_of
from kpi.writings.tables import WRITINGS
from kpi.writings.terms import Kind

_FORM_METHODS = ["GET", "POST"]


def writing_or_404(request: AuthedRequest, pk: int) -> Writing:
    """Return a writing that this person may read."""
    rows = Writing.objects.visible_to(request.user).select_related("author", "read_by")
    return get_object_or_404(rows.prefetch_related("sections"), pk=pk)


@require_GET
def list_writings(request: AuthedRequest) -> HttpResponseBase:
    """Own writings, and those handed in as far as one reads."""
    require(can_see_writings(request.user))
    extra = {"can_write": bool(kinds_of(request.user))}
    return list_response(request, WRITINGS, page="kpi/writings/list.html", context=extra)


@require_http_methods(_FORM_METHODS)
def new(request: AuthedRequest) -> HttpResponse:
    """Begin a writing; its parts are filled with what is known."""
    kinds = kinds_of(request.user)
    require(bool(kinds))
    today = business_date()
    last_month = months_before(month_of(today), 2)[0]
    asked = {
        "kind": request.GET.get("kind", Kind.MARKET),
        "period": request.GET.get("period", name_of(last_month)),
    }
    form = BeginForm(request.POST or None, kinds=kinds, today=today, initial=asked)

    def act(told: dict[str, Any]) -> str:
        period = period_named(told["period"]) or last_month
        made = services.begin(Kind(told["kind"]), period, by=request.user)
        return f"{made.get_absolute_url()}edit/"

    return answer_form(
        request,
        form,
        title=_("Begin to write"),
        back=WRITINGS.url,
        act=act,
        submit=_("Begin with my figures"),
    )


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """A writing with its parts."""
    writing = writing_or_404(request, pk)
    context = {
        "writing": writing,
        "parts": writing.parts,
        "can_edit": can_edit(request.user, writing),
        "can_mark_read": can_mark_read(request.user, writing),
    }
    return render(request, "kpi/writings/writing.html", context)


@require_http_methods(_FORM_METHODS)
def edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """The parts of a draft."""
    writing = writing_or_404(request, pk)
    require(can_edit(request.user, writing))

    def form_of(row: Writing, data: Any = None) -> WriteForm:
        return WriteForm(data, writing=row, initial={"version": row.version})

    form = form_of(writing, request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.write(writing, form.texts(), version=told["version"], by=request.user)

    return answer_form(
        request,
        form,
        title=str(writing),
        back=writing.get_absolute_url(),
        act=act,
        fresh=lambda: form_of(writing_or_404(request, pk)),
    )


@require_POST
def hand_in(request: AuthedRequest, pk: int) -> HttpResponse:
    """Hand in; from then on it stays as it is."""
    writing = writing_or_404(request, pk)
    require(can_edit(request.user, writing))
    try:
        services.hand_in(writing, version=number_in(request.POST.get("version")) or 0, by=request.user)
    except BusinessError as error:
        return refused(request, error, back=writing.get_absolute_url())
    return redirect(writing.get_absolute_url())


@require_http_methods(_FORM_METHODS)
def mark_read(request: AuthedRequest, pk: int) -> HttpResponse:
    """Read, with a remark for the author if there is one."""
    writing = writing_or_404(request, pk)
    require(can_mark_read(request.user, writing))

    def act(told: dict[str, Any]) -> None:
        services.mark_read(writing, remark=told["remark"], by=request.user)

    title = _("Read: %(name)s") % {"name": writing}
    return answer_form(
        request, RemarkForm(request.POST or None), title=title, back=writing.get_absolute_url(), act=act
    )


@require_GET
def print_writing(request: AuthedRequest, pk: int) -> HttpResponse:
    """A writing as a PDF."""
    writing = writing_or_404(request, pk)
    language = language_asked(request)
    filename = f"{writing.kind}-{writing.period_name}-{writing.author.staff_number}.pdf"
    return pdf_response(writing_paper(writing, language=language), by=request.user, filename=filename)
