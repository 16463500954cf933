"""How every small form is answered: draw, check, act, go back; a refusal keeps what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model
from django.forms import BaseForm, BooleanField, BoundField, ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from kam.core.asked import number_in
from kam.core.days import say_day
from kam.core.errors import BusinessError, BusyError, ConflictError
from kam.core.forms import add_business_error
from kam.core.toasts import toast

Row = TypeVar("Row", bound=Model)
Drawn = TypeVar("Drawn", bound=BaseForm)

#: Hidden fields that say which state of the row a page has shown.
SEEN = ("version", "seen")


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a form whose text somebody else changed meanwhile, or this person did."""

    label: Any
    yours: str
    theirs: str


def answer_form(  # noqa: PLR0913 -- what a page of a form says, each by its name
    request: HttpRequest,
    form: Any,
    *,
    title: Any,
    back: str,
    act: Callable[[dict[str, Any]], Any],
    done: Any = "",
    submit: Any = "",
    hint: Any = "",
    template: str = "answers/form.html",
    fresh: Callable[[], Any] | None = None,
) -> HttpResponse:
    """Show `form`; on a valid POST call `act(cleaned_data)` and go to what it returns (an address) or `back`.

    422 for what the form or a rule refuses, 409 for a stale page. `fresh()` returns the form as it would open now: then the page shows
    both texts of every line that differs, and carries the new version number, so that whoever saves again knows what they overwrite.
    """
    status = 200
    differing: list[Difference] = []
    if request.method == "POST":
        if form.is_valid():
            try:
                target = act(form.cleaned_data)
            except BusinessError as error:
                add_business_error(form, error)
                status = error.status
                # whoever waited saw nothing new: the version stays, so that what others saved meanwhile is shown before it is overwritten
                if (
                    isinstance(error, ConflictError)
                    and not isinstance(error, BusyError)
                    and fresh is not None
                ):
                    now = fresh()
                    differing = differences(form, now)
                    renew(form, now)
            else:
                toast(request, done or _("Saved."))
                return redirect(target if isinstance(target, str) else back)
        else:
            status = 422
    shown = {
        "form": form,
        "title": title,
        "back": back,
        "submit": submit or _("Save"),
        "hint": hint,
        "differing": differing,
    }
    return render(request, template, shown, status=status)


def answer_change(
    request: HttpRequest,
    row_of: Callable[[], Row],
    form_of: Callable[[Row, Any], Drawn],
    act: Callable[[Row, Drawn], Any],
    *,
    title: str,
    back: str = "",
) -> HttpResponse:
    """Answer the form that changes one row: `row_of()` reads it and checks the right, `form_of(row, posted)` draws it, `act(row, form)` writes.

    A page that has grown stale meanwhile is shown beside the row as it stands now. `title` may name the row by `%(name)s`.
    """
    row: Any = row_of()
    form = form_of(row, request.POST or None)
    return answer_form(
        request,
        form,
        title=title % {"name": row.name},
        back=back or row.get_absolute_url(),
        act=lambda _told: act(row, form),
        fresh=lambda: form_of(row_of(), None),
    )


def differences(form: Any, now: Any) -> list[Difference]:
    """Return the visible lines whose typed text is not what stands there now."""
    found = []
    for field in form.visible_fields():
        if field.name not in now.fields:
            continue
        yours, theirs = said(field), said(now[field.name])
        if yours != theirs:
            found.append(Difference(field.label, yours, theirs))
    return found


def renew(form: Any, now: Any) -> None:
    """Let a refused form carry the state that its page shows now."""
    form.data = form.data.copy()
    for name in SEEN:
        if name in form.fields and name in now.fields:
            value = now[name].value()
            form.data[name] = "" if value is None else value


def said(bound: BoundField) -> str:
    """Return what stands in a line of a form, as a person reads it."""
    value, field = bound.value(), bound.field
    if isinstance(field, ModelChoiceField):
        return _row_text(field, value)
    if isinstance(field, BooleanField):
        return _("yes") if value in {True, "on", "True", "true", "1"} else _("no")
    if value in (None, ""):
        return "–"
    choices = {str(key): label for key, label in getattr(field, "choices", ())}
    if str(value) in choices:
        return str(choices[str(value)])
    day = value if isinstance(value, date) else _day(str(value))
    return say_day(day) if day is not None else str(value)


def _row_text(field: Any, value: Any) -> str:
    """Return the name of the chosen row, of those that this person may choose."""
    pk = number_in(str(getattr(value, "pk", value) or ""))
    row = field.queryset.filter(pk=pk).first() if pk is not None else None
    return str(row) if row is not None else "–"


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def refused(request: HttpRequest, error: BusinessError, *, back: str) -> HttpResponse:
    """Answer a button that a rule refused: why, that nothing was written, and the way back."""
    context = {"error": error, "back": back, "title": _("This was not done")}
    return render(request, "answers/refused.html", context, status=error.status)
