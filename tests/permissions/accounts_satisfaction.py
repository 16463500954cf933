"""Surveys go with their unit; the link of an invitation is for anybody who has it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.persons.models import Person
from accounts.satisfaction.links import token_of
from accounts.satisfaction.models import Invitation, QuestionnaireVersion, SurveyRound
from accounts.satisfaction.services import ask_person, open_round
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.permissions.row import Row

READERS = "403: finance hr admin; 200: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
FORM = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"
#: Who has customers to ask, and the marketing centre.
OPENERS = "owner same_team other_team lead other_lead manager other_manager director marketing"
WRITERS = "director marketing admin"
EVERYBODY = (
    "200: anonymous gone owner same_team lead manager other_team other_lead other_manager director marketing"
    " gm finance clerk hr admin"
)
FILLED = {"q1": "5", "q2": "4", "q3": "5", "q4": "5", "q5": "9", "q6": ""}


def _round(cast: Cast) -> SurveyRound:
    version = QuestionnaireVersion.objects.get(questionnaire__code="satisfaction")
    return open_round(version, "Q3", ends_at=timezone.now() + timedelta(days=7), by=cast.director)


def _invitation(cast: Cast) -> Invitation:
    unit = make_unit("泉州商会", owner=cast.owner)
    return ask_person(_round(cast), unit, make_person(unit, "许志远"), by=cast.owner)


def survey(cast: Cast) -> dict[str, Any]:
    return {"pk": _round(cast).pk}


def over(cast: Cast) -> dict[str, Any]:
    """A round that has ended, in which one unit of the owner was asked."""
    row = _invitation(cast)
    SurveyRound.objects.filter(pk=row.round_id).update(ends_at=timezone.now())
    return {"pk": row.round_id}


def invitation(cast: Cast) -> dict[str, Any]:
    return {"pk": _invitation(cast).pk}


def link(cast: Cast) -> dict[str, Any]:
    row = _invitation(cast)
    return {"token": token_of(row.pk, row.nonce)}


def unit(cast: Cast) -> dict[str, Any]:
    """A unit with somebody to ask, and a round to ask in."""
    row = make_unit("泉州商会", owner=cast.owner)
    make_person(row, "许志远")
    _round(cast)
    return {"unit_pk": row.pk}


def asked(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    person = Person.objects.get(unit=kwargs["unit_pk"])
    return {"round": SurveyRound.objects.get().pk, "persons": [person.pk]}


def opened(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    version = QuestionnaireVersion.objects.get(questionnaire__code="satisfaction")
    return {"version": version.pk, "title": "Q4", "ends_on": business_date() + timedelta(days=5)}


ROWS = [
    Row("s/<str:token>/", "GET", "open", EVERYBODY, make=link),
    Row("s/<str:token>/", "POST", "open", EVERYBODY, make=link, body=lambda _c, _k: FILLED),
    Row(
        "s/<str:token>/",
        "POST",
        "made up",
        EVERYBODY.replace("200", "404"),
        make=lambda _c: {"token": "made-up"},
        body=lambda _c, _k: FILLED,
    ),
    Row("satisfaction/", "GET", "-", READERS),
    Row("satisfaction/rounds/", "GET", "-", READERS),
    Row("satisfaction/rounds/new/", "GET", "-", f"200: {OPENERS}; 403: *"),
    Row("satisfaction/rounds/new/", "POST", "-", f"302: {OPENERS}; 403: *", body=opened),
    Row("satisfaction/rounds/<int:pk>/", "GET", "open", "404: finance hr admin; 200: *", make=survey),
    Row("satisfaction/rounds/<int:pk>/", "GET", "over", READ, make=over),
    Row("satisfaction/questionnaires/", "GET", "-", "403: finance hr; 200: *"),
    Row(
        "satisfaction/questionnaires/<slug:code>/<int:number>/",
        "GET",
        "-",
        "403: finance hr; 200: *",
        make=lambda _c: {"code": "satisfaction", "number": 1},
    ),
    Row(
        "satisfaction/questionnaires/<slug:code>/",
        "GET",
        "-",
        f"200: {WRITERS}; 403: *",
        make=lambda _c: {"code": "satisfaction"},
    ),
    Row(
        "satisfaction/questionnaires/<slug:code>/",
        "POST",
        "-",
        f"302: {WRITERS}; 403: *",
        make=lambda _c: {"code": "satisfaction"},
        body=lambda _c, _k: {"questions": "score | Fine?", "seen": "1"},
    ),
    Row("satisfaction/<int:pk>/", "GET", "own", READ, make=invitation),
    Row("satisfaction/<int:pk>/code.svg", "GET", "own", FORM, make=invitation),
    Row("satisfaction/<int:pk>/answer/", "GET", "own", FORM, make=invitation),
    Row("satisfaction/<int:pk>/answer/", "POST", "own", DONE, make=invitation, body=lambda _c, _k: FILLED),
    Row("satisfaction/<int:pk>/renew/", "POST", "own", DONE, make=invitation),
    Row("satisfaction/<int:pk>/withdraw/", "POST", "own", DONE, make=invitation),
    Row("accounts/<int:unit_pk>/satisfaction/ask/", "GET", "own", FORM, make=unit),
    Row("accounts/<int:unit_pk>/satisfaction/ask/", "POST", "own", DONE, make=unit, body=asked),
]
