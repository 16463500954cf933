"""The pages of job sheets: writing one by HTTP, the own one on "My page", whose one may read, paper in three languages."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.job_sheets.models import JobSheet
from kam.job_sheets.selectors import texts_of
from kam.job_sheets.services import begin_version, hand_in


def signed(subject, cast):
    sheet = begin_version(subject, by=cast.director)
    request = hand_in(sheet, by=cast.director)
    for person in (cast.hr, cast.gm):
        request = approvals.approve(request, by=person, version=request.version)
    sheet.refresh_from_db()
    return sheet


def test_from_the_list_to_three_signatures(cast, client_of):
    load_default_routes()
    director = client_of(cast.director)
    begun = director.post("/people/job-sheets/new/", {"subject": "clerk"})
    sheet = JobSheet.objects.get()
    assert begun.headers["Location"] == sheet.get_absolute_url()
    page = director.get(f"/people/job-sheets/{sheet.pk}/write/en/")
    assert "Assists in receiving customers" in page.content.decode()
    told = texts_of(sheet)["en"]
    stale = director.post(f"/people/job-sheets/{sheet.pk}/write/en/", told | {"version": 9})
    assert (stale.status_code, "meanwhile" in stale.content.decode()) == (409, True)
    body = told | {"version": 1, "duties": "", "change_note": "first"}
    director.post(f"/people/job-sheets/{sheet.pk}/write/en/", body)
    director.post(f"/people/job-sheets/{sheet.pk}/hand-in/", {"version": 2})
    assert "Still to be written: Duties (en)." in director.get(sheet.get_absolute_url()).content.decode()
    director.post(f"/people/job-sheets/{sheet.pk}/write/en/", body | {"version": 2, "duties": "Helps\nFiles"})
    director.post(f"/people/job-sheets/{sheet.pk}/hand-in/", {"version": 3})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.change_note) == ("pending", "first")
    card = client_of(cast.hr).get("/approvals/").content.decode()
    assert "1. Helps" in card
    assert director.post(f"/people/job-sheets/{sheet.pk}/write/en/", body).status_code == 403


def test_everybody_reads_the_own_one_on_the_own_page(cast, client_of):
    load_default_routes()
    sheet = signed("specialist", cast)
    own = client_of(cast.owner)
    assert sheet.get_absolute_url() in own.get("/me/").content.decode()
    assert "No job sheet of your position" in client_of(cast.clerk).get("/me/").content.decode()
    assert own.get(sheet.get_absolute_url()).status_code == 200
    assert client_of(cast.finance).get(sheet.get_absolute_url()).status_code == 404
    page = own.get(reverse("job-sheets"))
    assert sheet.get_absolute_url() in page.content.decode()


def test_drafts_are_for_those_who_write_and_decide(cast, client_of):
    sheet = begin_version("specialist", by=cast.director)
    assert client_of(cast.gm).get(sheet.get_absolute_url()).status_code == 200
    for person in (cast.owner, cast.marketing, cast.manager):
        assert client_of(person).get(sheet.get_absolute_url()).status_code == 404
    assert client_of(cast.hr).get(f"/people/job-sheets/{sheet.pk}/write/xx/").status_code == 404


def test_paper_in_three_languages(cast, client_of):
    load_default_routes()
    sheet = signed("director", cast)
    client = client_of(cast.hr)
    seen = set()
    for language in ("en", "zh-hans", "zh-hant"):
        answer = client.get(f"/people/job-sheets/{sheet.pk}/sheet.pdf?language={language}")
        assert answer.headers["Content-Type"] == "application/pdf"
        seen.add(answer.content[:4] + str(len(answer.content)).encode())
        page = client.get(f"{sheet.get_absolute_url()}?language={language}").content.decode()
        assert texts_of(sheet)[language]["duties"].splitlines()[1] in page
    assert len(seen) == 3


def test_the_list_costs_the_same_for_one_and_for_three(cast, client_of):
    load_default_routes()
    signed("clerk", cast)
    client = client_of(cast.hr)
    client.get("/people/job-sheets/")
    with CaptureQueriesContext(connection) as one:
        client.get("/people/job-sheets/")
    signed("manager", cast)
    signed("director", cast)
    with CaptureQueriesContext(connection) as three:
        client.get("/people/job-sheets/")
    assert len(one) == len(three)
