"""Why a file is not taken, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.files.terms import Refusal

REFUSALS: dict[Refusal, Any] = {
    Refusal.TOO_BIG: _("Files may have up to 10 MB."),
    Refusal.TYPE: _(
        "Only pictures, PDF, Word, Excel, PowerPoint and text files whose content fits their name."
    ),
    Refusal.NO_PICTURE: _("Only pictures: JPEG, PNG or WebP, whose content fits their name."),
}
