"""The application's role can neither change a serial, nor leave a gap, nor delete who has one."""

import psycopg2
import pytest

from campaigns.earnest.models import Earnest
from tests.factories.campaigns import make_campaign
from tests.factories.earnest import make_earnest, receive

pytestmark = pytest.mark.django_db(transaction=True)


def test_serials_stand_for_the_application_too(cast, as_application):
    campaign = make_campaign()
    first = receive(make_earnest(campaign, cast.owner, "甲"), cast.finance)
    second = make_earnest(campaign, cast.owner, "乙")
    received = "state = 'received', received_at = now(), receipt_no = 'X'"
    for sql, error in (
        (f"update campaigns_earnest set serial = 9 where id = {first.pk}", "CheckViolation"),
        (f"update campaigns_earnest set serial = null where id = {first.pk}", "CheckViolation"),
        (f"update campaigns_earnest set serial = 3, {received} where id = {second.pk}", "CheckViolation"),
        (f"update campaigns_earnest set serial = 1, {received} where id = {second.pk}", "CheckViolation"),
        (f"delete from campaigns_earnest where id = {first.pk}", "InsufficientPrivilege"),
    ):
        with pytest.raises(psycopg2.Error) as refused:
            as_application(sql)
        assert type(refused.value).__name__ == error, sql
    assert list(Earnest.objects.order_by("pk").values_list("serial", flat=True)) == [1, None]
