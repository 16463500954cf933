"""The page of one's own tokens: made, shown once, revoked."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kam.api.forms import TokenForm
from kam.api.models import ApiToken
from kam.api.permissions import can_have_tokens, can_revoke_token
from kam.api.services import make_token, revoke_token
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.users.http import AuthedRequest, require


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: AuthedRequest) -> HttpResponse:
    """One's own tokens; the secret of a new one stands on the answer and nowhere else."""
    require(can_have_tokens(request.user))
    if request.method == "GET":
        return _page(request, TokenForm())
    answer: HttpResponse = _made(request)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _made(request: AuthedRequest) -> HttpResponse:
    """Make a token after a recent sign-in: it outlives the session that asks for it."""
    form, secret, status = TokenForm(request.POST), "", 422
    if form.is_valid():
        told = form.cleaned_data
        try:
            _row, secret = make_token(
                request.user, told["name"], told["scopes"], expires_on=told["expires_on"]
            )
        except BusinessError as error:
            add_business_error(form, error)
            status = error.status
        else:
            form, status = TokenForm(), 200
    return _page(request, form, secret=secret, status=status)


def _page(request: AuthedRequest, form: TokenForm, *, secret: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "secret": secret,
        "tokens": ApiToken.objects.visible_to(request.user),
        "today": business_date(),
    }
    return render(request, "api/tokens.html", context, status=status)


@require_POST
def revoke(request: AuthedRequest, pk: int) -> HttpResponse:
    """Refuse it from now on."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    require(can_revoke_token(request.user, token))
    revoke_token(token, by=request.user)
    toast(request, _("Revoked."))
    return redirect("api-tokens")
