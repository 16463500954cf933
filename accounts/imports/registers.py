"""What imports give to the frames: names of acts, the kind of job, the limit of answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.imports.permissions import can_import_units
from accounts.imports.services_duplicates import ANSWERS_AN_HOUR, TOLD
from accounts.imports.services_wizard import JOB_KIND
from accounts.units.models import KeyAccount
from accounts.units.registry import register_list_action
from kam.audit.registry import register_act
from kam.core.setup import SetupStep, register_setup
from kam.jobs.registry import register_kind
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.users.models import User

register_act("accounts.import.started", _("Import of units started"))
register_act("accounts.import.written", _("Import of units written"))
register_act(TOLD, _("Told who holds a unit"))
register_kind(
    JOB_KIND, _("Import of units"), result_url=lambda job: f"/accounts/import/{job.payload['import']}/"
)
define(
    ANSWERS_AN_HOUR,
    30,
    label=_("Answers of the duplicate check to one person in an hour"),
    assumption=False,
    group=_("Import"),
)

register_setup(
    SetupStep(
        key="units",
        label=_("Import the units"),
        why=_("From the spreadsheet you have; it is tried first, and nothing is written before you say so."),
        url="/accounts/import/",
        order=50,
        is_done=KeyAccount.objects.exists,
    )
)


def _button(user: User) -> tuple[Any, str, str] | None:
    return (_("Import"), "/accounts/import/", "download") if can_import_units(user) else None


register_list_action("import", _button)
register_page(
    "accounts.import",
    _("Import units"),
    "/accounts/import/",
    icon="file-import",
    visible=can_import_units,
    order=20,
)
