"""Words about the archive, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from accounts.archive.parts import PARTS

PART_LABELS = {key: part.label for key, part in PARTS.items()}
#: What is wrong with a drafted definition.
PROBLEMS = {
    "weights": _("The weights of all parts add up to 100."),
    "must": _("Say at least one part without which no file is complete."),
    "weightless": _("What a complete file must have needs a weight."),
}
