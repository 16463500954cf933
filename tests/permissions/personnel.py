"""Personnel proposals: the director's drafts, HR's and the general manager's from the handing in on, the person's once decided."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.core.clock import business_date
from kam.personnel.models import Proposal
from kam.personnel.services import draft_proposal, hand_in
from kam.personnel.terms import Kind
from tests.conftest import Cast
from tests.permissions.row import Row


def values(cast: Cast) -> dict[str, Any]:
    told = {"fault": "act", "happened_on": business_date(), "what": "quarrelled", "evidence": "seen"}
    return told | {"person": cast.owner, "proposal": "a talk"}


def body(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return values(cast) | {
        "person": cast.owner.pk,
        "happened_on": business_date().isoformat(),
        "version": 1,
    }


def draft(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return {"pk": draft_proposal(Kind.SANCTION, values(cast), by=cast.director).pk}


def handed_in(cast: Cast) -> dict[str, Any]:
    made = draft(cast)
    hand_in(Proposal.objects.get(pk=made["pk"]), by=cast.director)
    return made


def decided(cast: Cast) -> dict[str, Any]:
    made = draft(cast)
    request = hand_in(Proposal.objects.get(pk=made["pk"]), by=cast.director)
    approvals.approve(request, by=cast.hr, version=request.version)
    return made


def sanction(_cast: Cast) -> dict[str, Any]:
    return {"kind": "sanction"}


def version(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"version": 1}


def file(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("seen.txt", b"seen")}


AT = "people/proposals/<int:pk>/"
DRAFT = "200: director; 404: *"
DONE = "302: director; 404: *"
NEW = "people/proposals/new/<str:kind>/"
ROWS = [
    Row("people/proposals/", "GET", "-", "200: director hr gm; 403: *"),
    Row(NEW, "GET", "-", "200: director; 403: *", make=sanction),
    Row(NEW, "POST", "-", "302: director; 403: *", make=sanction, body=body),
    Row(AT, "GET", "draft", DRAFT, make=draft),
    Row(AT, "GET", "handed in", "200: director hr gm; 404: *", make=handed_in),
    Row(AT, "GET", "decided", "200: director hr gm owner; 404: *", make=decided),
    Row(f"{AT}edit/", "GET", "draft", DRAFT, make=draft),
    Row(f"{AT}edit/", "POST", "draft", DONE, make=draft, body=body),
    Row(f"{AT}edit/", "POST", "handed in", "403: director hr gm; 404: *", make=handed_in, body=body),
    Row(f"{AT}hand-in/", "POST", "draft", DONE, make=draft, body=version),
    Row(f"{AT}give-up/", "POST", "draft", DONE, make=draft, body=version),
    Row(f"{AT}files/", "POST", "draft", DONE, make=draft, body=file),
    Row(f"{AT}files/", "POST", "decided", "403: director hr gm owner; 404: *", make=decided, body=file),
    Row(
        f"{AT}comment/",
        "POST",
        "decided",
        "302: owner; 403: director hr gm; 404: *",
        make=decided,
        body=lambda _c, _k: {"comment": "true"},
    ),
    Row(f"{AT}sheet.pdf", "GET", "handed in", "200: director hr gm; 404: *", make=handed_in),
    Row(f"{AT}sheet.pdf", "GET", "decided", "200: director hr gm owner; 404: *", make=decided),
]
