"""What every form does: clean text once, show errors beside fields, never act."""

import unicodedata
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.utils import flatatt
from django.forms.widgets import DateTimeBaseInput
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kam.core.asked import FIRST_DAY, LAST_DAY

# Direction overrides let a name pretend to be another one; a plain right-to-left letter is fine.
_REFUSED_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_text(value: str) -> str:
    """Return `value` trimmed and NFC-normalised; raise ValidationError for characters no name or note may hold."""
    for character in value:
        if character in _REFUSED_CONTROLS:
            raise ValidationError(
                _("Text may not contain characters that change the writing direction."), code="control"
            )
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\r\t":
            raise ValidationError(_("Text may not contain control characters."), code="control")
    return unicodedata.normalize("NFC", value).strip()


class LongSelect(forms.Select):
    """A choice among hundreds, without groups: Django draws two templates for each, most of what such a page costs."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw all options at once, as Django would."""
        del renderer
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            "<option{}>{}</option>",
            ((flatatt({"value": key, "selected": str(key) in chosen}), label) for key, label in self.choices),
        )
        told = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", told, options)


_DAYS_WE_KNOW = (MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY))
_MOMENTS_WE_KNOW = (
    MinValueValidator(datetime.combine(FIRST_DAY, time.min, UTC)),
    MaxValueValidator(datetime.combine(LAST_DAY, time.max, UTC)),
)


#: What a browser's own pickers understand, whatever the reader's language.
_OF_PICKERS = {"date": "%Y-%m-%d", "time": "%H:%M"}


def _speak_iso(widget: forms.Widget) -> None:
    """Let a picker of the browser be filled in: in the reader's own way of writing it would stay empty."""
    if isinstance(widget, DateTimeBaseInput) and widget.format is None:
        widget.format = _OF_PICKERS.get(str(widget.input_type))


#: What an empty choice says; Django's own is a row of nine hyphens.
NOTHING_CHOSEN = "–"
_EMPTY, _HYPHENS = BLANK_CHOICE_DASH[0]


def _say_nothing_chosen(field: forms.Field) -> None:
    """Give an empty choice that nobody named the house's sign for nothing."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == _HYPHENS:
            field.empty_label = NOTHING_CHOSEN
    elif isinstance(field, forms.TypedChoiceField):
        choices: list[Any] = list(field.choices)  # type: ignore[arg-type]  # Django makes it a list or an iterator
        if choices and choices[0] == (_EMPTY, _HYPHENS):
            field.choices = [(_EMPTY, NOTHING_CHOSEN), *choices[1:]]


class CleanTextMixin:
    """Runs clean_text over every text field, after the field's own checks; a day lies in the years that the house knows."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _speak_iso(field.widget)
            _say_nothing_chosen(field)
            if isinstance(field, forms.DateField):
                field.validators = [*field.validators, *_DAYS_WE_KNOW]
            elif isinstance(field, forms.DateTimeField):
                field.validators = [*field.validators, *_MOMENTS_WE_KNOW]

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # provided by the form this is mixed into
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)  # type: ignore[attr-defined]  # set by Form.full_clean
            if isinstance(field, forms.CharField) and isinstance(value, str):
                try:
                    self.cleaned_data[name] = clean_text(value)  # type: ignore[attr-defined]  # see above
                except ValidationError as error:
                    self.add_error(name, error)  # type: ignore[attr-defined]  # see above


class BaseForm(CleanTextMixin, forms.Form):
    """A form without a model."""

    required_css_class = "required"


class BaseModelForm(CleanTextMixin, forms.ModelForm):  # type: ignore[type-arg]  # the model is named by the subclass
    """A form with a model. It checks; the service writes `cleaned_data`."""

    required_css_class = "required"


def add_business_error(form: Any, error: Any) -> None:
    """Show a BusinessError in the form, at its field where it names one that the form has; programs read its code."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, ValidationError(str(error), code=error.code))
