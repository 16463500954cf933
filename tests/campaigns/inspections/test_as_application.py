"""What was inspected stands: the application's role can change none of it."""

import pytest

from tests.application import attempts, contents_of, refusals
from tests.factories.accounts import make_unit
from tests.factories.outlets import make_inspection, make_outlet

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = {
    "campaigns_checklistversion": "id",
    "campaigns_checklistrow": "id",
    "campaigns_inspection": "id",
    "campaigns_seenrow": "id",
}


def test_the_application_cannot_change_an_inspection_or_its_checklist(cast, as_application):
    make_inspection(make_outlet(make_unit("泉州商会", owner=cast.owner), cast.owner), cast.owner, 1)
    before = contents_of(KEYS)
    assert all(count for count, _digest in before.values())
    assert refusals(as_application, KEYS) == dict.fromkeys(attempts(KEYS), "InsufficientPrivilege")
    assert contents_of(KEYS) == before
