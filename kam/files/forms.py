"""What a person may upload. Forms check shape; `services.attach` looks at name and content."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kam.core.forms import BaseForm
from kam.files.labels import REFUSALS
from kam.files.rules import clean_name, refusal_of
from kam.files.terms import ACCEPT, ACCEPT_PICTURES, MAX_BYTES


def check_upload(upload: "UploadedFile[Any]", *, pictures: bool = False) -> None:
    """Refuse a file that could not be attached, before anything else of its form is written."""
    name = clean_name(upload.name or "")
    data = b"" if (upload.size or 0) > MAX_BYTES else upload.read()
    upload.seek(0)
    refusal = refusal_of(name, data, size=upload.size or 0, pictures=pictures)
    if refusal is not None:
        raise forms.ValidationError(REFUSALS[refusal], code=refusal.value)


class FileForm(BaseForm):
    """One file for a record; `pictures`: nothing else than pictures."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)

    def __init__(self, *args: Any, pictures: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pictures = pictures
        self.fields["file"].widget.attrs |= {
            "accept": ACCEPT_PICTURES if pictures else ACCEPT,
            "class": "form-control k-file",
        }

    def clean_file(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        check_upload(upload, pictures=self.pictures)
        return upload


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several pictures at once, none needed; each is looked at like a single one."""

    def __init__(self, *, label: Any, limit: int, help_text: Any = "") -> None:
        widget = ManyFilesInput(attrs={"accept": ACCEPT_PICTURES, "class": "form-control k-file"})
        super().__init__(label=label, required=False, widget=widget, help_text=help_text)
        self.limit = limit

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        del initial
        given = data if isinstance(data, list | tuple) else [data]
        uploads = [upload for upload in given if upload]
        if len(uploads) > self.limit:
            raise forms.ValidationError(
                _("At most %(n)s pictures at once.") % {"n": self.limit}, code="too_many"
            )
        for upload in uploads:
            check_upload(upload, pictures=True)
        return uploads
