"""Briefings follow the unit; the clerk sees to the logistics; who takes part takes down who came."""

from datetime import date, time
from typing import Any
from uuid import UUID

from campaigns.briefings.models import Attendee, Briefing
from campaigns.briefings.services import SUBJECT, Person, register_attendee
from campaigns.briefings.terms import BriefingState, Step
from campaigns.campaigns.models import Campaign
from campaigns.prospects.terms import Intention
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.clock import business_date, moment
from kam.users.models import User
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.factories.briefings import approved, do, make_briefing, reserve
from tests.factories.campaigns import make_campaign
from tests.permissions.row import Row

LIST = "403: finance hr admin; 200: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
ASK = "{}: owner manager director; 403: lead marketing gm clerk; 404: *"
WORK = "{}: owner manager director clerk; 403: lead marketing gm; 404: *"
RETURNED = "{}: owner; 403: lead manager director marketing gm clerk; 404: *"


def place(cast: Cast) -> tuple[Any, Campaign]:
    load_default_routes()
    campaign = make_campaign(window_from=None, window_to=None)
    return make_unit("泉州商会", owner=cast.owner, channel="chamber"), campaign


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": place(cast)[0].pk}


def asked(cast: Cast) -> dict[str, Any]:
    return {"pk": make_briefing(*place(cast), cast.owner).pk}


def returned(cast: Cast) -> dict[str, Any]:
    row = make_briefing(*place(cast), cast.owner)
    request = request_for(SUBJECT, row)
    assert request is not None
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="时间")
    return {"pk": row.pk}


def decided(cast: Cast) -> dict[str, Any]:
    return {"pk": approved(*place(cast), cast.owner).pk}


def reserved(cast: Cast) -> dict[str, Any]:
    return {"pk": reserve(approved(*place(cast), cast.owner), cast.owner).pk}


def begun(cast: Cast) -> dict[str, Any]:
    """Reserved for tomorrow, put to yesterday: the rows are asked for today."""
    row = Briefing.objects.get(pk=reserved(cast)["pk"])
    day = date.fromordinal(business_date().toordinal() - 1)
    ends = {"starts_at": moment(day, time(18)), "ends_at": moment(day, time(20))}
    Briefing.objects.filter(pk=row.pk).update(**ends)
    return {"pk": row.pk}


def _taken(by: User, pk: int) -> Attendee:
    row = Briefing.objects.get(pk=pk)
    return register_attendee(row, Person("邹慧敏", Intention.STRONG), public_id=UUID(int=pk), by=by)


def taken(cast: Cast) -> dict[str, Any]:
    told = begun(cast)
    return told | {"attendee": _taken(cast.owner, told["pk"]).pk}


def talked(cast: Cast) -> dict[str, Any]:
    told = begun(cast)
    _taken(cast.owner, told["pk"])
    do(Briefing.objects.get(), cast.owner, *(step for step in Step if step <= Step.TALK))
    return told


def request_of(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    told = {"campaign": Campaign.objects.get().pk, "place": "三楼", "expected_count": "30", "why": "理事会"}
    tomorrow = date.fromordinal(business_date().toordinal() + 1)
    told |= {"day": tomorrow.isoformat(), "start": "18:00", "end": "20:00", "estimate_amount": "0"}
    return told | {"version": str(_version(kwargs))}


def _version(kwargs: Any) -> int:
    row = Briefing.objects.filter(pk=kwargs.get("pk", 0)).first()
    return row.version if row else 0


def people(cast: Cast, kwargs: Any) -> dict[str, Any]:
    return {"version": _version(kwargs), "sales": [cast.owner.pk], "presenter": cast.owner.pk}


def because(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"reason": "对方改期"}


def first(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    return {"version": _version(kwargs), "step": "1"}


def count(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    return {"version": _version(kwargs), "amount": "0", "analysis": "三房"}


def guest(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"public_id": str(UUID(int=99)), "name": "罗雪梅", "intention": "interested"}


def corrected(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    version = Attendee.objects.get(pk=kwargs["attendee"]).version
    return {"name": "邹慧敏", "intention": "interested", "version": version}


_AT = "briefings/<int:pk>/"
_ONE = f"{_AT}attendees/<int:attendee>/"

ROWS = [
    Row("briefings/", "GET", "-", LIST),
    Row("accounts/<int:unit_pk>/briefings/new/", "GET", "own", ASK.format(200), make=unit),
    Row("accounts/<int:unit_pk>/briefings/new/", "POST", "own", ASK.format(302), make=unit, body=request_of),
    Row(_AT, "GET", BriefingState.PENDING, READ, make=asked),
    Row(_AT, "GET", BriefingState.PREPARED, READ, make=reserved),
    Row(f"{_AT}edit/", "GET", "returned", RETURNED.format(200), make=returned),
    Row(f"{_AT}edit/", "POST", "returned", RETURNED.format(302), make=returned, body=request_of),
    Row(f"{_AT}prepare/", "GET", "approved", WORK.format(200), make=decided),
    Row(f"{_AT}prepare/", "POST", "approved", WORK.format(302), make=decided, body=people),
    Row(f"{_AT}cancel/", "GET", "approved", ASK.format(200), make=decided),
    Row(f"{_AT}cancel/", "POST", "approved", ASK.format(302), make=decided, body=because),
    Row(f"{_AT}step/", "POST", "prepared", WORK.format(302), make=reserved, body=first),
    Row(f"{_AT}count/", "GET", "held", WORK.format(200), make=talked),
    Row(f"{_AT}count/", "POST", "held", WORK.format(302), make=talked, body=count),
    Row(f"{_AT}attend/", "GET", "on its day", WORK.format(200), make=begun),
    Row(f"{_AT}attend/", "POST", "on its day", WORK.format(302), make=begun, body=guest),
    Row(_ONE, "GET", "taken down", WORK.format(200), make=taken),
    Row(_ONE, "POST", "taken down", WORK.format(302), make=taken, body=corrected),
    Row(f"{_AT}plan.pdf", "GET", "prepared", READ, make=reserved),
    Row(f"{_AT}attendance.pdf", "GET", "taken down", READ, make=begun),
]
