"""Shapes of what people choose in the four steps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.imports.labels import COLUMN_LABELS
from accounts.imports.rules.sheets import MAX_BYTES
from accounts.imports.terms import REQUIRED_COLUMNS, Column
from kam.core.forms import BaseForm


class UploadForm(BaseForm):
    """The file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV (UTF-8 or GBK), at most 20 MB. The first row holds the headings."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB."), code="too_big")
        return file


class MappingForm(BaseForm):
    """What each column of the file means, and what happens to units that are there."""

    update_existing = forms.TypedChoiceField(
        label=_("Units that are there already"),
        choices=[
            ("yes", _("Update them; a blank cell never erases")),
            ("no", _("Skip them; only add new units")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    allow_ownerless = forms.BooleanField(
        label=_("Rows without an owner go to the pool"), required=False, initial=True
    )
    label = forms.CharField(
        label=_("Remember this mapping as"),
        max_length=80,
        required=False,
        help_text=_("It is used for the next file with the same headings."),
    )

    def __init__(self, *args: Any, heads: list[str], mapping: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Do not import"))] + [
            (
                column.value,
                f"{COLUMN_LABELS[column]} *" if column in REQUIRED_COLUMNS else COLUMN_LABELS[column],
            )
            for column in Column
        ]
        self.places = list(range(len(heads)))
        for place in self.places:
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heads[place] or "–",
                choices=choices,
                required=False,
                initial=mapping.get(str(place), ""),
                widget=forms.Select(
                    attrs={"class": "form-select iw-sel", "aria-label": heads[place] or str(place + 1)}
                ),
            )

    def columns(self) -> dict[int, Column]:
        """Return place → column of the valid form."""
        chosen = {place: self.cleaned_data[f"column_{place}"] for place in self.places}
        return {place: Column(name) for place, name in chosen.items() if name}


class CellForm(BaseForm):
    """One cell mended in the preview; `undo` takes back what the file says."""

    column = forms.TypedChoiceField(choices=[(c.value, c.value) for c in Column], coerce=Column)
    text = forms.CharField(required=False, max_length=5_000)
    undo = forms.BooleanField(required=False)


class DuplicateForm(BaseForm):
    """What was typed so far for a new unit."""

    name = forms.CharField(required=False, max_length=200)
    credit_code = forms.CharField(required=False, max_length=40)
    phone = forms.CharField(required=False, max_length=40)
