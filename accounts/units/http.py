"""How every small form of this app is answered: draw, check, act, go back; a refusal keeps what was typed."""

from collections.abc import Callable
from typing import Any

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
    act: Callable[[dict[str, Any]], Any],
    done: Any = "",
    submit: Any = "",
    template: str = "accounts/form.html",
) -> HttpResponse:
    """Show `form`; on a valid POST call `act(cleaned_data)` and go to what it returns (an address) or `back`.

    422 for what the form or a rule refuses, 409 for a stale page: the newer version number is put in, so that whoever saves again
    knows what they overwrite.
    """
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                target = act(form.cleaned_data)
            except BusinessError as error:
                add_business_error(form, error)
                status = error.status
            else:
                toast(request, done or _("Saved."))
                return redirect(target if isinstance(target, str) else back)
        else:
            status = 422
    shown = {"form": form, "title": title, "back": back, "submit": submit or _("Save")}
    return render(request, template, shown, status=status)


def refused(request: AuthedRequest, error: BusinessError, *, back: str) -> HttpResponse:
    """Answer a button that a rule refused: why, that nothing was written, and the way back."""
    context = {"error": error, "back": back, "title": _("This was not done")}
    return render(request, "accounts/refused.html", context, status=error.status)
