"""Signing in. allauth does the steps; pages, limits and audit are ours. Classes because allauth's are."""

from typing import Any

from allauth.account import views as account_views

from kam.people.middleware import ENDED
from kam.people.registry import sign_in_hints
from kam.people.services.first import is_nobody_there


class SignInView(account_views.LoginView):  # type: ignore[misc]  # allauth has no types
    """The sign-in page; it says why somebody was signed out, and offers the demo's logins where demo data is loaded."""

    def get_initial(self) -> dict[str, Any]:
        return dict(super().get_initial()) | {"login": self.request.GET.get("as", "")[:40]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        password, hints = sign_in_hints()
        return dict(super().get_context_data(**kwargs)) | {
            "ended": self.request.session.get(ENDED, ""),
            "hints": hints,
            "public_password": password,
            "is_empty": is_nobody_there(),
        }


sign_in = SignInView.as_view()
