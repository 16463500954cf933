"""The certificate of an honour."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.pdf.services import Sheet as Paper
from kpi.honours.models import Honour


def certificate(honour: Honour, *, language: str) -> Paper:
    """Return the certificate: who, what, for what, when."""
    with override(language):
        return Paper(
            "kpi_honour",
            {
                "honour": honour,
                "occasion": honour.get_occasion_display(),
                "kind": honour.get_kind_display(),
                "words": _("We honour %(name)s.") % {"name": honour.who},
            },
            _("Certificate of honour"),
            str(honour),
            "kpi.honour",
            language=language,
            signatures=(_("Director"), _("General manager")),
        )
