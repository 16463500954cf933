"""A merge that was given back is changed on its page and handed in again: the file it holds is its own."""

import pytest

from accounts.merge import services
from accounts.merge.models import Merge, MergeLink
from accounts.merge.terms import MergeState
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from tests.factories.accounts import make_person, make_unit

pytestmark = pytest.mark.django_db


def test_the_page_of_a_returned_proposal_shows_what_would_move_and_hands_it_in_again(cast, client_of):
    load_default_routes()
    survivor, loser = make_unit("泉州商会", owner=cast.owner), make_unit("泉州总商会", owner=cast.owner)
    person = make_person(loser, "蔡文斌")
    merge = services.propose_merge(survivor, loser, choices={}, reason="同一家", by=cast.owner)
    request = request_for(services.SUBJECT, merge)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="为什么？")
    client, edit = client_of(cast.owner), f"/merges/{merge.pk}/edit/"
    page = client.get(edit).content.decode()
    assert ("同一家" in page, person.get_absolute_url() in page, "waits already" in page) == (
        True,
        True,
        False,
    )
    person.refresh_from_db()
    merge.refresh_from_db()
    assert (person.unit_id, merge.state, MergeLink.objects.count()) == (loser.pk, MergeState.RETURNED, 0)
    sent = client.post(edit, {"reason": "地址、电话相同", "field_name": "own", "version": merge.version})
    assert (sent.status_code, sent.url) == (302, f"/merges/{merge.pk}/")
    assert Merge.objects.values_list("state", "reason").get() == (MergeState.PENDING, "地址、电话相同")
