"""Successors are typed: whole names do without JavaScript, what is unclear is said at the field, and a large handover stays cheap."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kam.notes.models import Task
from kam.notes.services import add_task
from kam.people.models import Handover, HandoverLine
from kam.people.services import handovers
from kam.users.models import User
from tests.factories.accounts import make_unit
from tests.factories.kam import make_user


@pytest.fixture
def draft(cast):
    for text in ("call", "send"):
        add_task(text, assignee=cast.owner, by=cast.owner)
    return handovers.prepare_handover(cast.owner, by=cast.manager)


def address(draft):
    return f"/people/handovers/{draft.pk}/"


def taken():
    return dict(HandoverLine.objects.values_list("label", "successor__staff_number"))


def test_a_whole_name_or_staff_number_is_enough(cast, client_of, draft):
    task = Task.objects.get(text="send")
    body = {
        "all": "",
        "all-text": cast.lead.name,
        f"row:notes.task:{task.pk}-text": cast.same_team.staff_number,
    }
    assert client_of(cast.manager).post(address(draft), body).status_code == 302
    assert taken() == {"call": "lead", "send": "same-team"}


def test_a_chosen_row_counts_only_with_the_name_that_stands_beside_it(cast, client_of, draft):
    body = {"all": cast.lead.pk, "all-text": cast.same_team.name}
    client_of(cast.manager).post(address(draft), body)
    assert set(taken().values()) == {"same-team"}


@pytest.mark.parametrize("text", ["Nobody At All", "Owner"])
def test_an_unclear_name_is_said_at_its_field_and_changes_nothing(cast, client_of, draft, text):
    answer = client_of(cast.manager).post(
        address(draft), {"all-text": cast.lead.name, "kind:notes.task-text": text}
    )
    page = answer.content.decode()
    assert (answer.status_code, taken(), Handover.objects.get().version) == (422, {}, draft.version)
    assert 'aria-invalid="true"' in page
    assert f'value="{text}"' in page
    assert f'value="{cast.lead.name}"' in page


def test_two_of_one_name_are_not_guessed(cast, client_of, draft):
    for number in ("twin-1", "twin-2"):
        make_user(number, name="Twin")
    answer = client_of(cast.manager).post(address(draft), {"all-text": "Twin"})
    assert (answer.status_code, taken()) == (422, {})
    assert "Several have this name" in answer.content.decode()


def test_the_page_shows_who_was_chosen(cast, client_of, draft):
    client_of(cast.manager).post(address(draft), {"all-text": cast.lead.name})
    page = client_of(cast.manager).get(address(draft)).content.decode()
    assert page.count('<input type="hidden" name="row:notes.task:') == 2
    assert page.count(f'value="{cast.lead.pk}"') == 2
    assert "<select" not in page.split("<main")[1].split("</main")[0]


def statements(client, act):
    with CaptureQueriesContext(
        connection,
    ) as found:
        act(client)
    return len(found)


def test_the_number_of_statements_grows_neither_with_colleagues_nor_with_holdings(cast, client_of, draft):
    make_unit(owner=cast.owner)
    pages = [
        lambda client: client.get(address(draft)),
        lambda client: client.post(
            address(draft), {"all-text": "Nobody At All", "kind:notes.task": cast.lead.pk}
        ),
        lambda client: client.get("/people/handovers/"),
    ]
    client = client_of(cast.manager)
    client.get(address(draft))
    few = [statements(client, page) for page in pages]
    User.objects.bulk_create(
        User(staff_number=f"many-{n}", name=f"Colleague {n}", position="specialist") for n in range(1_000)
    )
    for _n in range(250):
        make_unit(owner=cast.owner)
    Task.objects.bulk_create(
        Task(text=f"task {n}", assignee=cast.owner, asked_by=cast.owner) for n in range(250)
    )
    assert [statements(client, page) for page in pages] == few
    assert len(client.get(address(draft)).content) < 900_000


def test_a_handover_is_prepared_by_name(cast, client_of):
    answer = client_of(cast.manager).post("/people/handovers/new/", {"person-text": cast.owner.name})
    assert (answer.status_code, Handover.objects.get().person) == (302, cast.owner)


def test_of_somebody_else_s_people_is_refused(cast, client_of):
    answer = client_of(cast.manager).post("/people/handovers/new/", {"person-text": cast.other_team.name})
    assert (answer.status_code, Handover.objects.count()) == (403, 0)


def test_an_unknown_name_is_said_at_the_field(cast, client_of):
    answer = client_of(cast.manager).post("/people/handovers/new/", {"person-text": "Nobody"})
    assert (answer.status_code, Handover.objects.count()) == (422, 0)
    assert "Nothing of yours has this name" in answer.content.decode()
