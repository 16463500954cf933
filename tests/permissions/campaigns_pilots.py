"""Pilots are seen and run as their campaign is; the director and the marketing director decide their rounds."""

from datetime import timedelta
from typing import Any

from accounts.units.models import KeyAccount
from campaigns.pilots.models import Pilot
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.factories.pilots import make_pilot, make_running_pilot, tell_all
from tests.permissions.row import Row

ALL = "200: *"
DRAFT = "200: manager other_manager director marketing; 404: *"
PLAN = "200: manager other_manager director; 403: *"
PLANNED = "302: manager other_manager director; 403: *"
WRITE = "200: manager other_manager director; 403: marketing; 404: *"
WRITTEN = "302: manager other_manager director; 403: marketing; 404: *"
RUN = "200: manager other_manager director; 403: *"
RAN = "302: manager other_manager director; 403: *"
CHOSEN = "302: manager director; 422: other_manager; 403: *"
DECIDE = "200: director marketing; 403: *"
DECIDED = "302: director marketing; 403: *"


def draft(cast: Cast) -> dict[str, Any]:
    return {"pk": make_pilot(cast.manager).pk}


def running(cast: Cast) -> dict[str, Any]:
    make_unit("泉州商会", owner=cast.owner)
    return {"pk": make_running_pilot(cast.manager).pk}


def told(cast: Cast) -> dict[str, Any]:
    pilot = make_running_pilot(cast.manager)
    tell_all(pilot, cast.manager)
    return {"pk": pilot.pk, "number": 1}


def plan(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    today = business_date().isoformat()
    asked = {"code": "pilot-9", "name": "平台内测", "launch_on": today, "question": "愿意用吗？"}
    return asked | {"large_count": "1", "medium_count": "0", "small_count": "0"}


def measures(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"measures": "愿意继续使用 | % | 80 | told", "version": 1}


def unit(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"unit": KeyAccount.objects.get(name="泉州商会").pk, "size": "large", "round": "1"}


def figures(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    measure = Pilot.objects.get(pk=kwargs["pk"]).measures.get(source="told")
    return {f"m{measure.pk}": "70"}


def ruling(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    today = business_date()
    asked = {"verdict": "change", "reasons": "再试一轮", "change": "两步登记"}
    return asked | {"next_from": today.isoformat(), "next_until": (today + timedelta(9)).isoformat()}


ROWS = [
    Row("pilots/", "GET", "-", ALL),
    Row("pilots/new/", "GET", "-", PLAN),
    Row("pilots/new/", "POST", "-", PLANNED, body=plan),
    Row("pilots/<int:pk>/", "GET", "draft", DRAFT, make=draft),
    Row("pilots/<int:pk>/", "GET", "running", ALL, make=running),
    Row("pilots/<int:pk>/measures/", "GET", "draft", WRITE, make=draft),
    Row("pilots/<int:pk>/measures/", "POST", "draft", WRITTEN, make=draft, body=measures),
    Row("pilots/<int:pk>/units/new/", "GET", "running", RUN, make=running),
    Row("pilots/<int:pk>/units/new/", "POST", "running", CHOSEN, make=running, body=unit),
    Row("pilots/<int:pk>/rounds/<int:number>/figures/", "GET", "running", RUN, make=told),
    Row("pilots/<int:pk>/rounds/<int:number>/figures/", "POST", "running", RAN, make=told, body=figures),
    Row("pilots/<int:pk>/rounds/<int:number>/decide/", "GET", "running", DECIDE, make=told),
    Row("pilots/<int:pk>/rounds/<int:number>/decide/", "POST", "running", DECIDED, make=told, body=ruling),
    Row("pilots/<int:pk>/pilot.pdf", "GET", "running", ALL, make=running),
]
