"""The search page and the palette: the same finding, drawn large or small."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kam.search.registry import pick_called
from kam.search.selectors import PAGE_LIMIT, PALETTE_LIMIT, clean_words, find, offer, read_words, scope_words
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


@require_GET
def pick(request: AuthedRequest, kind: str) -> HttpResponse:
    """Draw what a field offers for what was typed so far: rows this person may choose, and no others."""
    found = pick_called(kind)
    if found is None:
        raise Http404
    offered = offer(found, request.user, clean_words(request.GET.get("q", "")), request.GET.get("within", ""))
    return render(request, "search/_options.html", {"offered": offered})
