"""The customer file (客户档案表, S-169): identity, everything known, and the sections other rooms add."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.units.models import KeyAccount
from accounts.units.registry import FileSection, file_sections
from accounts.units.selectors import FactGroup, facts_of, identity_of
from kam.pdf.services import Sheet
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class UnitFile:
    """What the sheet prints, read once and in the language of the sheet."""

    unit: KeyAccount
    identity: list[tuple[str, Any, str]]
    groups: list[FactGroup]
    sections: list[tuple[FileSection, dict[str, Any]]]


def unit_file(unit: KeyAccount, user: User, *, language: str) -> Sheet:
    """Return the customer file as a sheet; personal data appear in it as `user` may see them."""
    with override(language):
        content = UnitFile(
            unit,
            identity_of(unit),
            facts_of(unit),
            [(section, section.context(unit, user)) for section in file_sections()],
        )
        return Sheet(
            "accounts_unit_file",
            {"file": content, "unit": unit},
            _("Customer file: %(name)s") % {"name": unit.name},
            unit.file_number,
            "accounts.unit_file",
            language=language,
            signatures=(_("Filled in by"), _("Checked by")),
        )
