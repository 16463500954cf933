"""Forms about people."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.clock import business_date
from kam.core.forms import BaseForm, LongSelect
from kam.people.models import ABSENCE_LABELS
from kam.people.terms import AbsenceKind
from kam.search.forms import PickField
from kam.users.models import User
from kam.users.terms import Position


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Staff number or e-mail, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Staff number or e-mail")
        self.fields["login"].widget = forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        )
        self.fields["login"].max_length = 254
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


def _word_passwords(form: Any) -> None:
    """Name the fields of a new password in our words; labels stand above and not once more inside."""
    form.fields["password1"].label = _("New password")
    form.fields["password2"].label = _("New password, once more")
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """Another password by somebody who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_passwords(self)


class ForgottenPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]  # as above
    """Another password by somebody who opened the link of a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_passwords(self)


def _word_code(form: Any) -> None:
    """Name the field of a code in our words; its label stands above and not once more inside."""
    field = form.fields["code"]
    field.label = _("One-time code")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}


class SecondStepForm(AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code that ends a sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self)


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]  # as above
    """The code that shows it is still the same person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self)


class SecondFactorForm(ActivateTOTPForm):  # type: ignore[misc]  # as above
    """The first code of an authenticator that is being set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self)


class FirstForm(BaseForm):
    """Who the first administrator is."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    staff_number = forms.CharField(
        label=_("Staff number"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters; a sentence is easy to remember."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Ask the same of it as of every other password."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {name: self.cleaned_data[name] for name in ("name", "staff_number", "email", "password")}


class PreferencesForm(BaseForm):
    """How KAM speaks to a person, and what it mails."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(zone, zone) for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"],
        widget=LongSelect,
        help_text=_("Digests come at 8:00 and 17:00 in this zone."),
    )
    mobile = forms.CharField(
        label=_("Mobile"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    wants_digest_mail = forms.BooleanField(
        label=_("Send me the 8:00 and 17:00 digests by e-mail"), required=False
    )
    wants_digest_pdf = forms.BooleanField(label=_("Attach the digest as a PDF"), required=False)

    @staticmethod
    def values_of(user: User) -> dict[str, Any]:
        """Return what the form shows at first."""
        return {name: getattr(user, name) for name in PreferencesForm.base_fields}


class AbsenceForm(BaseForm):
    """When somebody is away, and who stands in."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(k.value, ABSENCE_LABELS[k]) for k in AbsenceKind])
    started_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    ended_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    substitute = PickField(
        "users.colleague",
        User.objects.none(),
        label=_("Substitute"),
        required=False,
        help_text=_(
            "Decides approvals in your name. Somebody below you or from another line needs your superior's confirmation."
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["substitute"]
        field.queryset = (  # type: ignore[attr-defined]  # a ModelChoiceField
            User.objects.working()
            .exclude(pk=user.pk)
            .exclude(position=Position.ADMINISTRATOR)
            .order_by("name")
        )

    def clean_started_on(self) -> date:
        """An absence is entered before it is over."""
        day: date = self.cleaned_data["started_on"]
        if day < business_date():
            raise ValidationError(_("The first day lies in the past."))
        return day


class PrepareForm(BaseForm):
    """Whose handover is prepared; whether one may is asked of the person who was named."""

    person = PickField("users.colleague", User.objects.none(), label=_("Who hands over?"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.working().exclude(pk=user.pk)  # type: ignore[attr-defined]  # a ModelChoiceField
