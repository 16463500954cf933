"""Long-term agreements: recorded, renewed once, ended early; the end is told in time (F16: S-258)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from campaigns.agreements.models import Agreement
from campaigns.agreements.selectors import ending_for
from campaigns.agreements.services import end_agreement, record_agreement, remind_of_ends
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.notes.models import Task
from tests.factories.accounts import make_unit
from tests.factories.files import upload
from tests.factories.offers import make_agreement, paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def refusal(code, act, *args, error=BusinessError, **kwargs):
    before = list(Agreement.objects.values_list())
    with pytest.raises(error) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, list(Agreement.objects.values_list())) == (code, before)


def test_the_end_is_told_once_and_a_renewal_settles_it(cast, unit):
    today = business_date()
    row = make_agreement(unit, cast.owner, ends_in=91)
    remind_of_ends()
    assert (Task.objects.count(), ending_for([cast.owner], today)) == (0, {})
    with time_machine.travel(timezone.now() + timedelta(1)):
        today = business_date()
        for _again in range(2):
            remind_of_ends()
        task = Task.objects.get()
        assert (task.assignee, task.due_on, task.subject_id) == (cast.owner, row.ends_on, str(unit.pk))
        (ending,) = ending_for([cast.owner], today)[cast.owner.pk]
        assert (ending.agreement, ending.days) == (row, 90)
        next_day = row.ends_on + timedelta(1)
        late = paper(row.ends_on, next_day)
        refusal("overlap", record_agreement, unit, late, by=cast.owner, renews=row)
        follows = paper(next_day, next_day + timedelta(364))
        record_agreement(unit, follows, by=cast.owner, renews=row)
        assert ending_for([cast.owner], today) == {}
        refusal("renewed", record_agreement, unit, follows, by=cast.owner, renews=row, error=ConflictError)


def test_ended_early_with_a_reason(cast, unit):
    row, today = make_agreement(unit, cast.owner), business_date()
    told = {"reason": "改制", "by": cast.manager}
    refusal("stale", end_agreement, row, on=today, version=9, error=ConflictError, **told)
    refusal("future", end_agreement, row, on=today + timedelta(1), version=1, **told)
    row = end_agreement(row, on=today, version=1, **told)
    refusal("ended", end_agreement, row, on=today, version=2, **told)
    later = paper(row.ends_on + timedelta(1), row.ends_on + timedelta(9))
    refusal("ended", record_agreement, unit, later, by=cast.owner, renews=row)


def test_pages(cast, unit, client_of):
    client, today = client_of(cast.owner), business_date()
    body = {"title": "合作协议", "starts_on": today, "ends_on": today + timedelta(30), "signed_on": today}
    body |= {"terms": "全年团购价", "upload": upload("协议.pdf")}
    assert client.post(f"/accounts/{unit.pk}/agreements/new/", body | {"terms": ""}).status_code == 422
    body["upload"] = upload("协议.pdf")
    assert client.post(f"/accounts/{unit.pk}/agreements/new/", body).status_code == 302
    row = Agreement.objects.get()
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Agreement ends" in page
    assert "It ends in 30 days" in page
    for standing in ("running", "ending", "over"):
        listed = client.get(f"/agreements/?standing={standing}").content.decode()
        assert (row.get_absolute_url() in listed) is (standing != "over")
    assert row.get_absolute_url() in client.get("/").content.decode()
    tab = client.get(f"/accounts/{unit.pk}/tabs/offers/").content.decode()
    assert row.get_absolute_url() in tab
    timeline = client.get(f"/accounts/{unit.pk}/timeline/").content.decode()
    assert row.get_absolute_url() in timeline
    answered = client.get(row.file.get_absolute_url())
    b"".join(answered.streaming_content)  # reading to the end closes the file
    assert answered.status_code == 200
    for address in (row.get_absolute_url(), row.file.get_absolute_url()):
        assert client_of(cast.other_team).get(address).status_code == 404
