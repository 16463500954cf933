"""The page between "Export" and a file that the director has to approve first."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kam.core.errors import BusinessError
from kam.core.toasts import toast
from kam.exports.forms import AskForm
from kam.exports.models import WHY_LABELS
from kam.exports.services import ask_export
from kam.lists.exports import FORMATS
from kam.lists.selectors import condition_words, why_approval
from kam.lists.spec import list_called
from kam.lists.state import ListState
from kam.lists.terms import Why
from kam.users.http import AuthedRequest, require


@require_http_methods(["GET", "POST"])
def ask(request: AuthedRequest, list_key: str, file_format: str) -> HttpResponse:
    """Ask the director for a large or personal file, with a reason and after a recent sign-in."""
    spec = list_called(list_key)
    if spec is None or file_format not in FORMATS:
        raise Http404
    require(spec.can_export(request.user))
    state = ListState(spec, request.user, QueryDict(request.GET.get("query", "")), "")
    why = why_approval(state)
    if why is None:
        return HttpResponseRedirect(state.address(set_to={"export": file_format}))
    answer: HttpResponse = _asked(request, state, file_format, why)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _asked(request: AuthedRequest, state: ListState, file_format: str, why: Why) -> HttpResponse:
    form = AskForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            asked = ask_export(state, file_format, why=why, reason=reason, by=request.user)
        except BusinessError as error:
            context |= {"refusal": str(error), "status": error.status}
        else:
            toast(request, _("Sent for approval."))
            return redirect("approvals:detail", pk=asked.pk)
    status = context.pop("status", 422 if form.is_bound else 200)
    context |= {
        "list": state.spec,
        "back_url": state.address(),
        "rows": state.rows().count(),
        "conditions": condition_words(state),
        "personal": [column.label for column in state.columns if column.is_personal],
        "why": WHY_LABELS[why],
        "file_format": file_format.upper(),
    }
    return render(request, "exports/ask.html", context, status=status)
