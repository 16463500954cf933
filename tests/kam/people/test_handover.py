"""The handover: everything at once, approved first, nothing left behind, the old owner kept in the history."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from kam.approvals.models import Request
from kam.approvals.services import approve, return_for_changes
from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError
from kam.notes.models import Task
from kam.notes.services import add_task
from kam.outbox.models import Notice
from kam.people.documents import handover_sheet
from kam.people.models import Handover
from kam.people.services import handovers


def tasks_of(user) -> list[str]:
    return sorted(Task.objects.open().filter(assignee=user).values_list("text", flat=True))


@pytest.fixture
def draft(cast):
    """Owner holds two tasks; the manager prepares the handover."""
    for text in ("call", "send"):
        add_task(text, assignee=cast.owner, by=cast.owner)
    return handovers.prepare_handover(cast.owner, by=cast.manager)


def send(client, draft, **body):
    return client.post(f"/people/handovers/{draft.pk}/", {"submit": "1", "reason": "leaves", **body})


def test_everything_moves_when_the_director_approves_and_not_before(cast, client_of, draft):
    assert send(client_of(cast.manager), draft, all=cast.same_team.pk, deactivates="on").status_code == 302
    assert (tasks_of(cast.owner), tasks_of(cast.same_team)) == (["call", "send"], [])
    cast.same_team.language = "zh-hant"
    cast.same_team.save(update_fields=["language"])
    request = Request.objects.get(subject_key="handover")
    approve(request, by=cast.director, version=request.version)
    with translation.override("zh-hant"):
        told = gettext("You took over from %(name)s.") % {"name": "Owner"}
    assert [*Notice.objects.filter(kind="people.handover").values_list("to", "text")] == [
        (cast.same_team.pk, told)
    ]
    assert told != "You took over from Owner."
    draft.refresh_from_db()
    cast.owner.refresh_from_db()
    assert (draft.state, cast.owner.is_active) == ("done", False)
    assert (tasks_of(cast.owner), tasks_of(cast.same_team)) == ([], ["call", "send"])
    assert AuditEntry.objects.filter(act="notes.task.moved").first().changes == {
        "assignee": ["Owner", "Same-Team"]
    }


def test_each_thing_may_go_to_somebody_else(cast, client_of, draft):
    task = Task.objects.get(text="send")
    send(
        client_of(cast.manager),
        draft,
        **{"all": cast.same_team.pk, f"row:notes.task:{task.pk}": str(cast.lead.pk)},
    )
    request = Request.objects.get(subject_key="handover")
    approve(request, by=cast.director, version=request.version)
    assert (tasks_of(cast.same_team), tasks_of(cast.lead)) == (["call"], ["send"])


def test_a_thing_without_a_successor_keeps_it_from_being_sent(cast, client_of, draft):
    task = Task.objects.get(text="send")
    response = send(client_of(cast.manager), draft, **{f"row:notes.task:{task.pk}": str(cast.lead.pk)})
    assert response.status_code == 422
    assert "call" in response.content.decode()
    assert (Request.objects.count(), Handover.objects.get().state) == (0, "draft")


def test_what_came_after_sending_keeps_it_from_being_carried_out(cast, client_of, draft):
    send(client_of(cast.manager), draft, all=cast.same_team.pk)
    add_task("new", assignee=cast.owner, by=cast.owner)
    request = Request.objects.get(subject_key="handover")
    with pytest.raises(BusinessError):
        approve(request, by=cast.director, version=request.version)
    draft.refresh_from_db()
    assert (draft.state, tasks_of(cast.owner)) == ("pending", ["call", "new", "send"])


def test_who_takes_what_stands_still_while_it_waits(cast, client_of, draft):
    send(client_of(cast.manager), draft, all=cast.same_team.pk)
    other = {("notes.task", str(task.pk)): cast.lead for task in Task.objects.all()}
    with pytest.raises(BusinessError) as refused:
        handovers.save_choice(draft, handovers.Choice(other, "x", deactivates=True), by=cast.manager)
    assert refused.value.code == "state"
    assert {line.successor for line in draft.lines.all()} == {cast.same_team}


def test_a_returned_one_is_prepared_again(cast, client_of, draft):
    send(client_of(cast.manager), draft, all=cast.same_team.pk)
    request = Request.objects.get(subject_key="handover")
    return_for_changes(request, by=cast.director, version=request.version, reason="to the lead")
    draft.refresh_from_db()
    assert (draft.state, tasks_of(cast.owner)) == ("draft", ["call", "send"])
    assert send(client_of(cast.manager), draft, all=cast.lead.pk).status_code == 302


def test_the_successor_is_somebody_else_who_works_here(cast, client_of, draft):
    for successor in (cast.gone.pk, cast.owner.pk, "x", ""):
        assert send(client_of(cast.manager), draft, all=successor).status_code == 422
    assert Request.objects.count() == 0


def test_a_stale_page_is_refused(cast, client_of, draft):
    client_of(cast.manager).post(f"/people/handovers/{draft.pk}/", {"version": "1", "all": cast.lead.pk})
    assert send(client_of(cast.manager), draft, all=cast.same_team.pk, version="1").status_code == 409


def test_the_sheet_names_what_goes_to_whom(cast, client_of, draft):
    client_of(cast.manager).post(f"/people/handovers/{draft.pk}/", {"all": cast.lead.pk})
    response = client_of(cast.manager).get(f"/people/handovers/{draft.pk}/sheet/")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    import pypdfium2

    text = pypdfium2.PdfDocument(response.content)[0].get_textpage().get_text_range()
    assert all(word in text for word in ("call", "send", "Lead", "Owner", "YJ-"))


def test_the_sheet_lists_what_nobody_was_chosen_for_yet_to_whoever_prepares_it(cast, draft):
    def lines(by):
        parts = handover_sheet(draft, by=by).context["parts"]
        return [(line.label, line.successor_id) for part in parts for line in part["lines"]]

    assert lines(cast.manager) == [("call", None), ("send", None)]
    assert lines(cast.owner) == []
    draft.lines.create(
        holding="notes.task",
        row=str(Task.objects.get(text="send").pk),
        label="send",
        successor=cast.same_team,
    )
    assert sorted(lines(cast.manager)) == [("call", None), ("send", cast.same_team.pk)]


def test_a_handover_that_was_sent_is_read_by_kind_and_leads_to_its_approval(cast, client_of, draft):
    manager, page = client_of(cast.manager), f"/people/handovers/{draft.pk}/"
    assert "See the approval" not in manager.get(page).content.decode()
    send(manager, draft, all=cast.same_team.pk)
    request = Request.objects.get(subject_key="handover")
    shown = manager.get(page)
    assert [(name, [line.label for line in lines]) for name, lines in shown.context["kept"]] == [
        ("Tasks and promises", ["call", "send"])
    ]
    assert f'href="/approvals/{request.pk}/"' in shown.content.decode()


def test_a_cancelled_one_moves_nothing_and_is_not_sent_any_more(cast, client_of, draft):
    manager = client_of(cast.manager)
    assert manager.post(f"/people/handovers/{draft.pk}/cancel/").status_code == 302
    draft.refresh_from_db()
    assert draft.state == "cancelled"
    assert AuditEntry.objects.filter(act="people.handover.cancelled", actor=cast.manager).count() == 1
    assert send(manager, draft, all=cast.same_team.pk).status_code == 403
    assert tasks_of(cast.owner) == ["call", "send"]
    assert not Request.objects.filter(subject_key="handover").exists()
    assert handovers.prepare_handover(cast.owner, by=cast.manager) != draft
