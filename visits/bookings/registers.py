"""What bookings give to the frames: acts, the page, a pick, the demo, and the hours in which free slots are offered."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.knowledge.registry import register_diary
from kam.audit.records import register_words
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.core.days import moment_words
from kam.core.frame import register_menu
from kam.demo.registry import register_part
from kam.search.picks import people_pick
from kam.search.registry import register_page, register_pick
from kam.settings_rows.registry import define
from visits.bookings.demo import play_bookings
from visits.bookings.forms import lendable_people
from visits.bookings.models import Booking
from visits.bookings.permissions import can_keep_resources, can_read_resources
from visits.bookings.trainings import book_training

register_diary(book_training)
register_act("visits.resource.added", _("Bookable thing added"))
register_act("visits.resource.usable", _("Bookable thing taken out of use or back"))
register_act("visits.resource.edited", _("Bookable thing edited"))
register_act("visits.booking.made", _("Booked at the desk"))
register_act("visits.booking.given_back", _("Booking given back"))


def _booking_text(name: str, value: Any) -> str | None:
    moment = parse_datetime(str(value)) if name in {"start", "end"} and value else None
    return moment_words(moment, business_date().year, get_language() or "en") if moment else None


register_words(Booking, label={"start": _("Starts at"), "end": _("Ends at")}.get, text=_booking_text)
PAGE = "/visits/resources/"
register_menu("resources", _("Vehicles and rooms"), "car", PAGE, visible=can_keep_resources)
register_page(
    "visits.resources", _("Vehicles and rooms"), PAGE, icon="car", visible=can_read_resources, order=15
)
register_pick(people_pick("users.lendable", lambda _user, _within: lendable_people()))
register_part(52, "bookings", play_bookings)

GROUP = _("Planning")
define("plan_hours_morning", "08:30-12:00", label=_("Morning hours for visits"), group=GROUP)
define("plan_hours_afternoon", "13:30-17:00", label=_("Afternoon hours for visits"), group=GROUP)
