"""The briefing pack of a unit: what one has to know at the door, on one sheet of two pages."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.units.models import KeyAccount
from kam.pdf.services import Sheet
from kam.users.models import User
from visits.packs.selectors import pack_of


def briefing_pack(unit: KeyAccount, user: User, *, language: str) -> Sheet:
    with override(language):
        return Sheet(
            "visits_pack",
            {"pack": pack_of(unit, user), "unit": unit},
            _("Briefing pack: %(name)s") % {"name": unit.name},
            unit.file_number,
            "visits.pack",
            language=language,
        )
