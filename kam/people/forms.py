"""Forms about people."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm
from kam.users.models import User


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


class PreferencesForm(BaseForm):
    """How KAM speaks to a person, and what it mails."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(zone, zone) for zone in sorted(available_timezones())],
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
