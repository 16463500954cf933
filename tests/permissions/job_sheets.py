"""Job sheets: drafts for those who write and decide, approved ones by position."""

from typing import Any

from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.job_sheets.models import JobSheet
from kam.job_sheets.services import begin_version, hand_in
from tests.conftest import Cast
from tests.permissions.row import Row


def draft(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return {"pk": begin_version("specialist", by=cast.director).pk}


def in_force(cast: Cast) -> dict[str, Any]:
    made = draft(cast)
    request = hand_in(JobSheet.objects.get(pk=made["pk"]), by=cast.director)
    for person in (cast.hr, cast.gm):
        request = approvals.approve(request, by=person, version=request.version)
    return made


def english(cast: Cast) -> dict[str, Any]:
    return draft(cast) | {"language": "en"}


def text(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"version": 1, "qualification": "a", "duties": "b"}


AT = "people/job-sheets/<int:pk>/"
WRITE = "200: director hr; 403: gm; 404: *"
WRITTEN = "302: director hr; 403: gm; 404: *"
READ = (
    "200: owner same_team other_team lead other_lead manager other_manager director marketing gm hr; 404: *"
)
ROWS = [
    Row("people/job-sheets/", "GET", "-", "200: *"),
    Row("people/job-sheets/new/", "GET", "-", "200: director hr; 403: *"),
    Row(
        "people/job-sheets/new/",
        "POST",
        "-",
        "302: director hr; 403: *",
        body=lambda _c, _k: {"subject": "clerk"},
    ),
    Row(AT, "GET", "draft", "200: director hr gm; 404: *", make=draft),
    Row(AT, "GET", "in force", READ, make=in_force),
    Row(f"{AT}sheet.pdf", "GET", "in force", READ, make=in_force),
    Row(f"{AT}write/<str:language>/", "GET", "draft", WRITE, make=english),
    Row(f"{AT}write/<str:language>/", "POST", "draft", WRITTEN, make=english, body=text),
    Row(f"{AT}hand-in/", "POST", "draft", WRITTEN, make=draft, body=lambda _c, _k: {"version": 1}),
    Row(f"{AT}discard/", "POST", "draft", WRITTEN, make=draft, body=lambda _c, _k: {"version": 1}),
]
