"""How allauth meets KAM: nobody signs up, nothing tells whether an account exists, every step is limited and audited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import authenticate
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kam.audit.services import record
from kam.outbox.services import post
from kam.people.rules import fernet_key
from kam.people.services import sessions, sign_in, users
from kam.people.terms import SECOND_FACTOR
from kam.users.http import client_ip
from kam.users.models import User

WRONG = _("Staff number, e-mail or password is wrong.")
RECENT_SECONDS = 300


class KamAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by administrators only; texts are the same for wrong and unknown."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": _("Too many wrong codes. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a password; too many wrong ones are answered with the time to wait, known account or not."""
        login = credentials.get("username") or credentials.get("email") or ""
        account, ip, now = sign_in.account_key(login), client_ip(request), timezone.now()
        refusal = sign_in.refusal_for(account, ip, now=now)
        if refusal is not None:
            raise ImmediateHttpResponse(too_many(request, refusal, now))
        user = authenticate(request, **credentials)
        if isinstance(user, User) and user.is_active:
            return user
        known = User.objects.filter(Q(staff_number__iexact=login) | Q(email__iexact=login, email__gt=""))
        sign_in.record_failure(account, ip, user=known.first())
        return None

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        sign_in.record_success(user, client_ip(request))
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            sessions.forget_session(request.session.session_key or "")
            record("people.logout", request.user, by=request.user)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        users.set_password(user, password, by=user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Build the link from our own address, never from what a request says our host is."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return str(settings.BASE_URL) + path.replace("UID-KEY", key)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        del email
        with translation.override(user.language):
            post(
                key=f"people.reset:{user.pk}:{context['key']}",
                to=user,
                kind="people.reset",
                subject=gettext("Set a new KAM password"),
                text=render_to_string(
                    "outbox/people/password_reset.txt", {"user": user, "link": context["password_reset_url"]}
                ),
            )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing by itself: all mail goes through the outbox, and unknown addresses get none."""

    def send_notification_mail(self, template_prefix: str, user: User, *_args: Any, **_kwargs: Any) -> None:
        """Audit what allauth tells about the second factor."""
        act = {
            "mfa/email/totp_activated": "people.second_factor.added",
            "mfa/email/totp_deactivated": "people.second_factor.removed",
        }.get(template_prefix)
        if act:
            record(act, user, by=user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again unless it was given within five minutes."""
        del app, kwargs
        records = get_authentication_records(self.request, self.request.user)
        newest = max((entry["at"] for entry in records), default=0)
        return bool(timezone.now().timestamp() - newest > RECENT_SECONDS)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing where the page says it: "you have signed in" is noise."""
        if kwargs.get("message"):
            super().add_message(*args, **kwargs)


class KamMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets are stored encrypted, the QR code is drawn by what draws all our codes."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _("This code is not right.")}

    def get_totp_label(self, user: User) -> str:
        return user.staff_number

    def build_totp_svg(self, url: str) -> str:
        import segno  # noqa: PLC0415 -- only here, and slow to import

        svg: str = segno.make(url, error="m").svg_inline(scale=5, border=3, light="white")
        return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the second factor of whoever must have one."""
        return not (settings.TOTP_REQUIRED and authenticator.user.position in SECOND_FACTOR)


def too_many(request: HttpRequest, refusal: sign_in.Refusal, now: Any) -> HttpResponse:
    """Answer 429 with the time to wait."""
    seconds = max(1, round((refusal.until - now).total_seconds()))
    context = {"refusal": refusal, "seconds": seconds, "minutes": -(-seconds // 60)} | {
        "clock": f"{seconds // 60}:{seconds % 60:02}"
    }
    response = render(request, "account/too_many.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(fernet_key(key)) for key in keys])
