"""The search page of the audit."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from kam.audit.forms import AuditSearchForm
from kam.audit.permissions import can_search_audit
from kam.audit.selectors import lines_of, search_entries
from kam.core.htmx import render_page_or_fragment
from kam.users.http import AuthedRequest, require

PAGE = 50


@require_GET
def search(request: AuthedRequest) -> HttpResponse:
    """List entries, newest first, 50 a page by key; never a personal value."""
    require(can_search_audit(request.user))
    form = AuditSearchForm(request.GET)
    entries = list(search_entries(**form.cleaned_data)[: PAGE + 1]) if form.is_valid() else []
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "form": form,
        "lines": lines_of(entries[:PAGE]),
        "older": entries[PAGE - 1].pk if len(entries) > PAGE else None,
        "query": query.urlencode(),
    }
    status = 200 if form.is_valid() else 422
    return render_page_or_fragment(
        request, "audit/search.html", "audit/_results.html", context, status=status
    )
