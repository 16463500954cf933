"""A sanction from draft to the person's comment; who reads of it and who does not (S-137, S-149)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from kam.approvals import services as approvals
from kam.approvals.models import Seat
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.files.models import Attachment
from kam.files.permissions import can_read_file
from kam.outbox.models import Message, Notice
from kam.personnel.models import Proposal
from kam.personnel.services import (
    SUBJECT,
    change_proposal,
    comment_once,
    draft_proposal,
    give_up,
    hand_in,
)
from kam.personnel.terms import Kind
from kam.today.sections import collect_approvals, text_of_approvals
from tests.factories.accounts import make_unit

SECRET = "papers five days late"


@pytest.fixture(autouse=True)
def _routes(db):
    load_default_routes()


def values(cast, **changes):
    told = {"person": cast.owner, "fault": "negligence", "happened_on": business_date(), "what": SECRET}
    return told | {"evidence": "two calls of the unit", "proposal": "an oral warning"} | changes


def draft(cast, **changes):
    return draft_proposal(Kind.SANCTION, values(cast, **changes), by=cast.director)


def decided(cast, *, by=None, agree=True):
    proposal = draft(cast)
    request = hand_in(proposal, by=cast.director)
    act = approvals.approve if agree else approvals.reject
    act(request, by=by or cast.hr, version=request.version, reason="talked to her")
    proposal.refresh_from_db()
    return proposal


def test_hr_or_the_general_manager_decides_and_the_person_hears(cast):
    proposal = draft(cast)
    request = hand_in(proposal, by=cast.director)
    assert set(Seat.objects.filter(stage__round__request=request).values_list("user", flat=True)) == {
        cast.hr.pk,
        cast.gm.pk,
    }
    assert not Notice.objects.filter(to=cast.owner).exists()
    approvals.approve(request, by=cast.gm, version=request.version, reason="an oral warning it is")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.decision) == (
        "approved",
        cast.gm,
        "an oral warning it is",
    )
    notice = Notice.objects.get(to=cast.owner)
    assert (notice.url, "warning" in notice.text) == (proposal.get_absolute_url(), False)


def test_who_sees_it_when(cast):
    everybody = [getattr(cast, name) for name in cast.__dataclass_fields__ if "team" not in name]
    everybody += [cast.same_team, cast.other_team]

    def readers(proposal):
        return {u.staff_number for u in everybody if Proposal.objects.visible_to(u).filter(pk=proposal.pk)}

    proposal = draft(cast)
    assert readers(proposal) == {"director"}
    request = hand_in(proposal, by=cast.director)
    assert readers(proposal) == {"director", "hr", "gm"}
    approvals.reject(request, by=cast.hr, version=request.version, reason="no")
    assert readers(proposal) == {"director", "hr", "gm", "owner"}


def test_a_draft_given_up_is_never_heard_of(cast):
    proposal = give_up(draft(cast), by=cast.director)
    assert proposal.state == "withdrawn"
    assert not Proposal.objects.visible_to(cast.hr).exists()
    assert not Notice.objects.filter(to=cast.owner).exists()


def test_returned_it_is_changed_and_handed_in_again_or_given_up(cast):
    proposal = draft(cast)
    request = hand_in(proposal, by=cast.director)
    with pytest.raises(BusinessError, match="handed in already"):
        change_proposal(proposal, values(cast), by=cast.director, version=None)
    approvals.return_for_changes(request, by=cast.hr, version=request.version, reason="more")
    row = change_proposal(proposal, values(cast, evidence="three"), by=cast.director, version=None)
    assert (row.state, row.evidence) == ("returned", "three")
    with pytest.raises(ConflictError):
        change_proposal(proposal, values(cast, evidence="four"), by=cast.director, version=1)
    assert give_up(row, by=cast.director).state == "withdrawn"
    assert request_for(SUBJECT, proposal).state == "withdrawn"


@pytest.mark.parametrize("who", ["director", "finance", "gm"])
def test_only_about_the_departments_staff(cast, who):
    with pytest.raises(BusinessError) as refusal:
        draft(cast, person=getattr(cast, who))
    assert (refusal.value.field, Proposal.objects.count()) == ("person", 0)


def test_the_person_comments_once(cast):
    proposal = decided(cast)
    comment_once(proposal, "It is true.", by=cast.owner)
    for person, code in ((cast.owner, "once"), (cast.hr, "not_yours")):
        with pytest.raises(BusinessError) as refusal:
            comment_once(proposal, "again", by=person)
        assert refusal.value.code == code
    proposal.refresh_from_db()
    assert proposal.comment == "It is true."
    assert set(Notice.objects.filter(kind="personnel.commented").values_list("to", flat=True)) == {
        cast.director.pk,
        cast.hr.pk,
    }


def test_hiring_is_about_a_candidate(cast):
    told = {"candidate": "Lin", "position": "specialist", "what": "one is missing", "proposal": "hire her"}
    proposal = draft_proposal(Kind.HIRE, told, by=cast.director)
    request = hand_in(proposal, by=cast.director)
    approvals.approve(request, by=cast.hr, version=request.version)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.who, proposal.person) == ("approved", "Lin", None)


def test_nothing_of_it_stands_in_audit_or_mail(cast):
    proposal = decided(cast)
    comment_once(proposal, "It is true.", by=cast.owner)
    entries = AuditEntry.objects.filter(object_type="personnel.proposal")
    assert {entry.object_label for entry in entries} == {str(proposal)}
    for words in (SECRET, "oral warning", "two calls", "It is true", cast.owner.name):
        assert not [e for e in entries if words in str(e.changes)]
        assert not Message.objects.filter(subject__contains=words).exists()
        assert not Message.objects.filter(text__contains=words).exists()
    assert not Message.objects.filter(to=cast.owner).exists()


def test_the_database_itself_keeps_what_was_decided(cast):
    proposal = decided(cast)
    mine = Proposal.objects.filter(pk=proposal.pk)
    comment_once(proposal, "It is true.", by=cast.owner)
    for change in (
        lambda: mine.update(decision="x"),
        lambda: mine.update(comment="other"),
        mine.delete,
    ):
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            change()
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege(%s, 'personnel_proposal', 'DELETE')", [settings.APP_ROLE])
        assert cursor.fetchone() == (False,)


def test_the_whole_way_by_http(cast, client_of):
    unit = make_unit(owner=cast.owner)
    director, hr, owner = (client_of(p) for p in (cast.director, cast.hr, cast.owner))
    form = director.get("/people/proposals/new/sanction/").content.decode()
    assert ('name="evidence"' in form, 'name="candidate"' in form) == (True, False)
    body = values(cast, person=cast.owner.pk, unit=unit.pk) | {"happened_on": business_date().isoformat()}
    late = body | {"happened_on": (business_date() + timedelta(days=1)).isoformat()}
    refused = director.post("/people/proposals/new/sanction/", late)
    assert (refused.status_code, Proposal.objects.count()) == (422, 0)
    director.post("/people/proposals/new/sanction/", body)
    proposal = Proposal.objects.get()
    assert (proposal.unit_id, proposal.unit_label) == (unit.pk, str(unit))
    at = proposal.get_absolute_url()
    upload = SimpleUploadedFile("calls.txt", b"two calls")
    director.post(f"{at}files/", {"file": upload})
    file = Attachment.objects.get()
    director.post(f"{at}edit/", body | {"version": 1, "proposal": "a talk"})
    assert owner.get(at).status_code == 404
    director.post(f"{at}hand-in/", {"version": 2})
    assert [can_read_file(u, file) for u in (cast.director, cast.hr, cast.owner, cast.manager)] == [
        True,
        True,
        False,
        False,
    ]
    assert director.post(f"{at}files/", {"file": upload}).status_code == 403
    assert SECRET in hr.get("/approvals/").content.decode()
    request = request_for(SUBJECT, proposal)
    approvals.approve(request, by=cast.hr, version=request.version, reason="agreed")
    assert at in owner.get("/me/").content.decode()
    assert SECRET in owner.get(at).content.decode()
    assert owner.get(f"{at}sheet.pdf").headers["Content-Type"] == "application/pdf"
    assert owner.post(f"{at}comment/", {"comment": " "}).status_code == 422
    owner.post(f"{at}comment/", {"comment": "I am sorry."})
    assert owner.post(f"{at}comment/", {"comment": "More."}).status_code == 403
    assert "I am sorry." in hr.get(at).content.decode()
    assert hr.get("/people/proposals/?export=csv").status_code == 403
    assert (
        SECRET
        not in client_of(cast.admin).get(f"/audit/?about=personnel.proposal:{proposal.pk}").content.decode()
    )


def test_the_register_costs_the_same_for_one_and_for_three(cast, client_of):
    client = client_of(cast.hr)
    hand_in(draft(cast), by=cast.director)
    client.get("/people/proposals/")
    with CaptureQueriesContext(connection) as one:
        client.get("/people/proposals/")
    hand_in(draft(cast, person=cast.lead), by=cast.director)
    hand_in(draft(cast, person=cast.clerk), by=cast.director)
    with CaptureQueriesContext(connection) as three:
        client.get("/people/proposals/")
    assert len(one) == len(three)


def test_who_decides_reads_on_today_whom_it_is_about_and_no_mail_says_so(cast, client_of):
    proposal = draft(cast)
    hand_in(proposal, by=cast.director)
    page = client_of(cast.hr).get("/").content.decode()
    section = page[page.index("Waiting for your decision") :]
    assert proposal.who in section[: section.index("</ul>")]
    told = collect_approvals([cast.hr], business_date())[cast.hr.pk]
    assert str(proposal) in text_of_approvals(told)
    mailed = render_to_string("today/sections/approvals_digest.html", {"data": told})
    assert str(proposal) in mailed
    assert proposal.who not in text_of_approvals(told) + mailed
