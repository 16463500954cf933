"""What papers give to the frame: their pages."""

from django.utils.translation import gettext_lazy as _

from kam.search.registry import register_page
from kam.users.models import User
from kam.users.scopes import Reach, scope_of


def _reads_people(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


register_page(
    "visits.daily", _("Daily report"), "/visits/daily/", icon="report", visible=_reads_people, order=40
)
register_page(
    "visits.contact_sheet",
    _("Contact sheet"),
    "/visits/contact-sheet/",
    icon="list",
    visible=_reads_people,
    order=50,
)
