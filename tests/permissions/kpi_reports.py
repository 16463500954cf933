"""Reports are opened by whoever sees rows of a source; finance sees deals, money and gifts, HR people and scores. Administrators see none."""

from typing import Any

from django.http import QueryDict

from kpi.reports.registry import source_called
from kpi.reports.selectors import Asked
from kpi.reports.services import Timing, save_report, schedule_report
from kpi.reports.terms import Rhythm, Sharing
from tests.conftest import Cast
from tests.permissions.row import Row


def _kept(cast: Cast, sharing: Sharing, source: str = "visits") -> Any:
    told = source_called(source)
    assert told is not None
    asked = Asked(told, cast.director, QueryDict("span=all"))
    return save_report(asked, name="各人拜访", sharing=sharing, team=None, by=cast.director)


def shared(cast: Cast) -> dict[str, Any]:
    return {"pk": _kept(cast, Sharing.EVERYBODY).pk}


def own(cast: Cast) -> dict[str, Any]:
    return {"pk": _kept(cast, Sharing.NOBODY).pk}


def sent(cast: Cast) -> dict[str, Any]:
    report = _kept(cast, Sharing.NOBODY)
    schedule_report(report, Timing(Rhythm.DAILY), to=[cast.clerk], by=cast.director)
    return {"pk": report.pk}


def visits(_cast: Cast) -> dict[str, Any]:
    return {"source": "visits"}


def money(_cast: Cast) -> dict[str, Any]:
    return {"source": "money"}


def keep(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"name": "各人拜访", "sharing": "nobody"}


def to_myself(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"rhythm": "daily", "place": "1", "to": [cast.director.pk]}


ROOM = "403: admin; 200: *"
MONEY = "403: hr admin; 200: *"
ROWS_OF = "403: hr admin finance; 200: *"
REPORT = "reports/<int:pk>/"
PIVOT = "reports/pivot/<slug:source>/"
OWN = "{}: director; 403: admin; 404: *"
ROWS = [
    Row("reports/", "GET", "-", ROOM),
    Row(PIVOT, "GET", "visits", ROWS_OF, make=visits),
    Row(PIVOT, "GET", "money", MONEY, make=money),
    Row("reports/rows/<slug:source>/", "GET", "visits", ROWS_OF, make=visits),
    Row("reports/rows/<slug:source>/", "GET", "money", MONEY, make=money),
    Row(f"{PIVOT}keep/", "GET", "visits", ROWS_OF, make=visits),
    Row(f"{PIVOT}keep/", "POST", "visits", "403: hr admin finance; 302: *", make=visits, body=keep),
    Row(REPORT, "GET", "shared", ROOM, make=shared),
    Row(REPORT, "GET", "own", OWN.format(200), make=own),
    Row(f"{REPORT}drop/", "POST", "own", OWN.format(302), make=own),
    Row(f"{REPORT}drop/", "POST", "shared", "302: director; 403: *", make=shared),
    Row(f"{REPORT}schedule/", "GET", "shared", "200: director; 403: *", make=shared),
    Row(f"{REPORT}schedule/", "POST", "own", OWN.format(302), make=own, body=to_myself),
    Row(f"{REPORT}stop/", "POST", "sent", "302: director clerk; 403: admin; 404: *", make=sent),
]
