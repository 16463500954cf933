"""The stock at the same moment, and as the application's role. The race fails without locks: see tests/test_race_controls.py."""

import psycopg2
import pytest

from campaigns.materials import services
from campaigns.materials.models import MaterialMove
from campaigns.materials.services import add_material, move, stock_of
from campaigns.materials.terms import MoveKind
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.application import attempts, contents_of, refusals
from tests.factories.campaigns import make_campaign
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
KEYS = {"campaigns_materialmove": "id"}


def one_in_stock(by):
    material = add_material(make_campaign(), {"name": "投影仪", "quantity": 1}, by=by)
    move(material, MoveKind.RECEIPT, 1, on=business_date(), text="", by=by)
    return material


def test_the_last_thing_in_stock_is_issued_once(cast, monkeypatch):
    material = one_in_stock(cast.clerk)
    monkeypatch.setattr(services, "_write", meeting(services._write))
    day = business_date()
    issue = lambda: type(move(material, MoveKind.ISSUE, 1, on=day, text="", by=cast.clerk))  # noqa: E731 -- sixteen times
    answers = at_once(*[issue] * 16)
    assert (answers.count(MaterialMove), answers.count(BusinessError), stock_of(material)) == (1, 15, 0)


def test_the_application_can_neither_change_an_entry_nor_overdraw(cast, as_application):
    material = one_in_stock(cast.clerk)
    before = contents_of(KEYS)
    assert refusals(as_application, KEYS) == dict.fromkeys(attempts(KEYS), "InsufficientPrivilege")
    insert = (
        'insert into campaigns_materialmove (material_id, kind, change, "on", text, created_at)'
        f" values ({material.pk}, 'issue', -2, now(), '', now())"
    )
    with pytest.raises(psycopg2.errors.CheckViolation, match="below nothing"):
        as_application(insert)
    assert contents_of(KEYS) == before
