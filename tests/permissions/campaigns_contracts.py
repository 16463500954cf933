"""The contract follows its deal: written by the writers of the unit, filed by the clerk too, checked above; finance reads it."""

from typing import Any

from campaigns.contracts.services import archive_contract
from campaigns.deals.models import Deal
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.files import upload
from tests.permissions.campaigns_deals import SIGNED_READ, signed
from tests.permissions.row import Row

WRITE = "{}: owner manager director; 403: lead marketing gm clerk finance; 404: *"
FILE = "{}: owner manager director clerk; 403: lead marketing gm finance; 404: *"
CHECK = "302: manager director; 403: owner lead marketing gm clerk finance; 404: *"


def filed(cast: Cast) -> dict[str, Any]:
    found = signed(cast)
    deal = Deal.objects.get(pk=found["pk"])
    archive_contract(deal, "A-1", upload("a.pdf"), on=business_date(), by=cast.clerk)
    return found


def talk(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"item": "arrival", "on": business_date().isoformat(), "ours": "六月", "concession": "us"}


def days(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    version = Deal.objects.get(pk=kwargs["pk"]).version
    return {"delivery": business_date().isoformat(), "version": version}


def reached(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"kind": "delivery", "on": business_date().isoformat()}


def plan(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    deal = Deal.objects.get(pk=kwargs["pk"])
    told = {"due_on_1": business_date().isoformat(), "amount_1": str(deal.net_total())}
    return told | {"version": deal.version}


def paper(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"file_no": "A-1", "on": business_date().isoformat(), "upload": upload("a.pdf")}


ROWS = [
    Row("deals/<int:pk>/contract/", "GET", "signed", SIGNED_READ, make=signed),
    Row("deals/<int:pk>/contract/round/", "GET", "signed", WRITE.format(200), make=signed),
    Row("deals/<int:pk>/contract/round/", "POST", "signed", WRITE.format(302), make=signed, body=talk),
    Row("deals/<int:pk>/contract/milestones/", "GET", "signed", WRITE.format(200), make=signed),
    Row("deals/<int:pk>/contract/milestones/", "POST", "signed", WRITE.format(302), make=signed, body=days),
    Row("deals/<int:pk>/contract/reached/", "GET", "signed", WRITE.format(200), make=signed),
    Row("deals/<int:pk>/contract/reached/", "POST", "signed", WRITE.format(302), make=signed, body=reached),
    Row("deals/<int:pk>/contract/plan/", "GET", "signed", WRITE.format(200), make=signed),
    Row("deals/<int:pk>/contract/plan/", "POST", "signed", WRITE.format(302), make=signed, body=plan),
    Row("deals/<int:pk>/contract/archive/", "GET", "signed", FILE.format(200), make=signed),
    Row("deals/<int:pk>/contract/archive/", "POST", "signed", FILE.format(302), make=signed, body=paper),
    Row("deals/<int:pk>/contract/check/", "POST", "filed", CHECK, make=filed),
]
