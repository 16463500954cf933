"""How a small form of these rooms is answered: draw, check, act, go back; a refusal keeps what was typed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.users.http import AuthedRequest


def answer_form(
    request: AuthedRequest,
    form: Any,
    *,
    title: Any,
    back: str,
    act: Callable[[dict[str, Any]], str],
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show `form`; on a valid POST call `act(cleaned_data)` and go to the address it returns. 422 for a refusal, 409 for a stale page."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                target = act(form.cleaned_data)
            except BusinessError as error:
                add_business_error(form, error)
                status = error.status
            else:
                toast(request, _("Saved."))
                return redirect(target)
    context = {"form": form, "title": title, "back": back} | (more or {})
    return render(request, "people/form.html", context, status=status)


def language_asked(request: AuthedRequest) -> str:
    """Return the language a document is asked for in, the reader's own by default."""
    asked = request.GET.get("language", "")
    return asked if asked in {code for code, _name in settings.LANGUAGES} else request.user.language
