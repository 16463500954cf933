"""The one call of a view that shows a list: whole page, fragment or file from the same address."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kam.core.htmx import is_htmx, render_page_or_fragment
from kam.lists.exports import FORMATS, export_response
from kam.lists.selectors import page_context, panel_context, views_of
from kam.lists.spec import PANEL, ListSpec
from kam.lists.state import ListState, read_state
from kam.users.http import AuthedRequest, require

MAX_SELECTED = 5_000


def list_response(
    request: AuthedRequest,
    spec: ListSpec,
    *,
    page: str = "lists/page.html",
    context: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """Answer with the list `spec` as the address asks; `page` extends lists/page.html, `context` is for its own blocks."""
    views = views_of(request.user, spec)
    state = read_state(spec, request.user, request.GET, views)
    if (file_format := request.GET.get("export", "")) in FORMATS:
        require(spec.can_export(request.user))
        return export_response(request, state, file_format)
    has_panel = request.GET.get(PANEL) == "filter"
    if has_panel and is_htmx(request):
        return render(request, "lists/_filter.html", panel_context(state, is_open=True))
    shown = page_context(state, views, has_panel=has_panel) | (context or {})
    response = render_page_or_fragment(request, page, "lists/_fragment.html", shown)
    if is_htmx(request):
        response.headers["HX-Push-Url"] = state.address(set_to=_place(request))
    return response


def _place(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET[key] for key in ("after", "before") if request.GET.get(key)}


def selected_rows(request: AuthedRequest, spec: ListSpec) -> QuerySet[Any]:
    """Return the rows a bulk form selected: those ticked, or with `all` everything the list then showed. Only visible ones."""
    if request.POST.get("all"):
        state = ListState(spec, request.user, QueryDict(request.POST.get("query", "")[:4000]), "")
        keys = state.ordered().values_list("pk", flat=True)[:MAX_SELECTED]
        return spec.rows(request.user).filter(pk__in=list(keys))
    ids = [
        int(text)
        for text in request.POST.getlist("row")
        if text.isascii() and text.isdigit() and len(text) < 19
    ]
    return spec.rows(request.user).filter(pk__in=ids[:MAX_SELECTED])
