"""What trips give to the frames: acts, the subject of approval, the ring of trip days, Today, the handover, pages, the demo part."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.merge.registry import declare
from accounts.merge.terms import How
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import register_action, register_page
from kam.today.registry import Section, register_section
from kam.today.terms import Exit, Place
from kam.users.models import User
from kam.users.terms import SELLERS
from visits.plans.permissions import can_read_plans
from visits.quotas.selectors import register_trip_days
from visits.trips import services
from visits.trips.demo import play_trips
from visits.trips.models import Trip
from visits.trips.permissions import can_ask_trip
from visits.trips.selectors import TRAVELLED, TRIPS_TOLD, days_this_month
from visits.trips.tables import TRIPS
from visits.trips.terms import TripState

__all__ = ["TRIPS"]  # workers write its files

register_act("visits.trip.drafted", _("Business trip drafted"))
register_act("visits.trip.changed", _("Business trip changed"))
register_act("visits.trip.pending", _("Business trip submitted"))
register_act("visits.trip.approved", _("Business trip approved"))
register_act("visits.trip.returned", _("Business trip returned for changes"))
register_act("visits.trip.rejected", _("Business trip rejected"))
register_act("visits.trip.withdrawn", _("Business trip withdrawn"))
register_act("visits.trip.cancelled", _("Business trip cancelled"))
register_act("visits.trip.reported", _("Business trip reported"))
register_act("visits.trip.handed_over", _("Business trip handed over"))
register_history("visits.trip", Trip, load=visible_row(Trip.objects))
register_trip_days(days_this_month, TRAVELLED)
register_part(62, "trips", play_trips)


def snapshot(trip: Trip) -> Mapping[str, Any]:
    """What the deciders see, as it stood when it was submitted."""
    return {
        "title": f"{trip.user.name} · {services.place_of(trip)}",
        "subtitle": f"{trip.starts_on.isoformat()} – {trip.ends_on.isoformat()}",
        "unit": services.place_of(trip),
        "why": trip.purpose,
        "amount": trip.estimate_amount,
        "facts": [
            [str(_("First day")), trip.starts_on.isoformat()],
            [str(_("Last day")), trip.ends_on.isoformat()],
            [str(pgettext_lazy("how many", "Days")), str(trip.days)],
        ],
        "url": trip.get_absolute_url(),
    }


register(
    Subject(
        key=services.SUBJECT,
        model=Trip,
        label=_("Business trip"),
        group=_("Plans"),
        icon="luggage",
        snapshot=snapshot,
        facts=lambda trip: Facts(amount=trip.estimate_amount),
        requester=lambda trip: trip.user,
        material=("amount", "facts", "unit"),
        url=lambda trip: trip.get_absolute_url(),
        bulk=True,
        return_reasons=(_("The purpose is not clear"), _("The cost is too high")),
        on_approved=services.approve_trip,
        on_returned=services.end_request(TripState.RETURNED),
        on_rejected=services.end_request(TripState.REJECTED),
        on_withdrawn=services.end_request(TripState.WITHDRAWN),
    )
)

_HELD = (TripState.DRAFT, TripState.PENDING, TripState.RETURNED, TripState.APPROVED)


def _holdings(user: User) -> list[HoldingRow]:
    """Trips that are not finished, and reports that are owed."""
    rows = Trip.objects.filter(reporter=user, state__in=_HELD).prefetch_related("units")
    return [
        HoldingRow(str(trip.pk), services.place_of(trip), say_day(trip.starts_on), trip.get_absolute_url())
        for trip in rows
    ]


def _hand_over(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    for trip in Trip.objects.filter(pk__in=row_ids, reporter=frm).order_by("pk"):
        services.hand_over_trip(trip, to=to, by=by)


register_holding(Holding("visits.trips", _("Business trips"), _holdings, _hand_over, order=45))


def collect_trips(users: Sequence[User], day: date) -> dict[int, list[tuple[Trip, str, bool]]]:
    """Return user id → trips that run, begin soon, or wait for their report."""
    return {
        pk: [(trip, services.place_of(trip), trip.ends_on <= day) for trip in trips]
        for pk, trips in TRIPS_TOLD(users, day).items()
    }


def text_of_trips(data: list[tuple[Trip, str, bool]]) -> str:
    due = _("the report is due")
    return "\n".join(
        f"- {where} · {due if is_due else say_day(trip.starts_on)}" for trip, where, is_due in data
    )


register_section(
    Section(
        key="trips",
        label=_("Business trips"),
        order=410,
        slots=(Exit.TODAY, Exit.PLAN),
        positions=SELLERS,
        place=Place.SIDE,
        collect=collect_trips,
        asks=(TRIPS_TOLD,),
        template="visits/trips/_today.html",
        text=text_of_trips,
    )
)
register_page(
    "visits.trips", _("Business trips"), "/visits/trips/", icon="luggage", visible=can_read_plans, order=55
)
register_action(
    "visits.trip.new", _("New business trip"), "/visits/trips/new/", icon="luggage", visible=can_ask_trip
)
declare(How.MOVE, "visits.Trip_units.keyaccount")
