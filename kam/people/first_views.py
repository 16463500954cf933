"""The first page of an empty KAM: who is its administrator?"""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kam.audit.context import system
from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.people.forms import FirstForm
from kam.people.services.first import is_first_key, make_first_administrator

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def make_first(request: HttpRequest) -> HttpResponse:
    """Make the first administrator and sign them in; 404 without the key, and for ever once somebody is there."""
    if not is_first_key(request.GET.get("key", "")):
        raise Http404
    form = FirstForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                with system("first start"):
                    user = make_first_administrator(**form.values(), language=get_language())
            except BusinessError as error:
                add_business_error(form, error)
                status = error.status
            else:
                login(request, user, backend=BACKEND)
                return redirect("/")
    return render(request, "account/first.html", {"form": form}, status=status)
