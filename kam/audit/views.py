"""The search page of the audit, and the history of one record."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from kam.audit.forms import AuditSearchForm
from kam.audit.permissions import can_search_audit
from kam.audit.records import history_kind
from kam.audit.selectors import history_of, lines_of, search_entries
from kam.core.asked import number_in
from kam.core.htmx import render_page_or_fragment
from kam.users.http import AuthedRequest, require

PAGE = 50


@require_GET
def search(request: AuthedRequest) -> HttpResponse:
    """List entries, newest first, 50 a page by key; never a personal value."""
    require(can_search_audit(request.user))
    form = AuditSearchForm(request.GET)
    entries = list(search_entries(request.user, **form.cleaned_data)[: PAGE + 1]) if form.is_valid() else []
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "form": form,
        "lines": lines_of(entries[:PAGE], request.user),
        "older": entries[PAGE - 1].pk if len(entries) > PAGE else None,
        "query": query.urlencode(),
    }
    status = 200 if form.is_valid() else 422
    return render_page_or_fragment(
        request, "audit/search.html", "audit/_results.html", context, status=status
    )


@require_GET
def history(request: AuthedRequest, kind: str, pk: str) -> HttpResponse:
    """Show what was changed on a record, newest first, to whoever may open the record."""
    known = history_kind(kind)
    obj = known.load(request.user, pk) if known is not None else None
    if known is None or obj is None:
        raise Http404
    lines = history_of(
        obj,
        request.user,
        parts=known.parts(obj) if known.parts is not None else (),
        limit=PAGE + 1,
        before=number_in(request.GET.get("before")),
    )
    context = {
        "title": str(obj),
        "back": obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else "",
        "lines": lines[:PAGE],
        "older": lines[PAGE - 1].entry_id if len(lines) > PAGE else None,
    }
    return render_page_or_fragment(request, "audit/history.html", "audit/_history.html", context)
