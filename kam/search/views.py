"""The search page and the palette: the same finding, drawn large or small."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kam.search.selectors import PAGE_LIMIT, PALETTE_LIMIT, find, read_words, scope_words
from kam.users.http import AuthedRequest


@require_GET
def search(request: AuthedRequest) -> HttpResponse:
    """Show everything the words find."""
    asked = read_words(request.GET.get("q", ""))
    groups = find(request.user, asked, PAGE_LIMIT)
    return render(
        request, "search/page.html", {"asked": asked, "groups": groups, "scope": scope_words(request.user)}
    )


@require_GET
def palette(request: AuthedRequest) -> HttpResponse:
    """Draw the palette: the whole of it, or with `part=results` its list only."""
    asked = read_words(request.GET.get("q", ""))
    groups = find(request.user, asked, PALETTE_LIMIT)
    template = "search/_results.html" if request.GET.get("part") == "results" else "search/_palette.html"
    return render(request, template, {"asked": asked, "groups": groups, "scope": scope_words(request.user)})
