"""What bulletins give to the frames below."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.today.registry import Section, register_section
from kam.today.terms import Exit, Place
from visits.bulletins.demo import play_bulletins
from visits.bulletins.permissions import can_read_bulletins
from visits.bulletins.selectors import collect_unread, text_of_unread

register_act("visits.bulletin.published", _("Policy bulletin published"))
register_act("visits.bulletin.withdrawn", _("Policy bulletin withdrawn"))
register_act("visits.bulletin.acknowledged", _("Policy bulletin acknowledged"))
register_section(
    Section(
        key="bulletins",
        label=_("Policy bulletins to read"),
        order=10,
        slots=(Exit.TODAY, Exit.PLAN),
        place=Place.BANNER,
        collect=collect_unread,
        template="visits/bulletins/_today.html",
        digest_template="visits/bulletins/_digest.html",
        text=text_of_unread,
    )
)
register_part(72, "bulletins", play_bulletins)

register_page(
    "visits.bulletins",
    _("Policy bulletins"),
    "/bulletins/",
    icon="speakerphone",
    visible=can_read_bulletins,
    order=70,
)
