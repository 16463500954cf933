"""A proposal from its first version to the answer; what was presented counts for the unit's phase (F16: S-242)."""

from datetime import timedelta

import pytest
from django.db import transaction

from accounts.development.registry import told_events
from accounts.development.terms import Told
from campaigns.proposals.models import Presentation, Proposal, ProposalVersion
from campaigns.proposals.services import Shown, add_version, answer, present
from campaigns.proposals.terms import ProposalState
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_person, make_unit
from tests.factories.files import upload
from tests.factories.offers import make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def refusal(code, act, *args, error=BusinessError, **kwargs):
    before = (ProposalVersion.objects.count(), Presentation.objects.count(), Proposal.objects.get().version)
    with pytest.raises(error) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert caught.value.code == code
    assert before == (
        ProposalVersion.objects.count(),
        Presentation.objects.count(),
        Proposal.objects.get().version,
    )


def test_versions_presentations_and_the_answer(cast, unit):
    today, person = business_date(), make_person(unit)
    row = make_proposal(unit, cast.owner, upload=upload("方案.pdf"))
    first = row.versions.get()
    assert told_events([unit.pk], today)[unit.pk][Told.PROPOSALS] == ()
    stranger = make_person(make_unit())
    refusal("stranger", present, first, Shown(today, [stranger]), by=cast.owner)
    refusal("nobody", present, first, Shown(today, []), by=cast.owner)
    told = {"on": today, "words": "同意", "by": cast.owner}
    refusal("unseen", answer, row, ProposalState.ACCEPTED, version=1, **told)
    present(first, Shown(today, [person], "会议室", "关心贷款"), by=cast.owner)
    (event,) = told_events([unit.pk], today)[unit.pk][Told.PROPOSALS]
    assert (event.on, event.label) == (today, "团购方案")
    refusal("stale", answer, row, ProposalState.DECLINED, version=7, error=ConflictError, **told)
    answer(row, ProposalState.DECLINED, version=1, **told | {"words": "太贵"})
    late = Shown(today, [person])
    refusal("refused", present, first, late, by=cast.owner, error=ConflictError)
    second = add_version(row, "价格已调整", by=cast.owner, version=2)
    row.refresh_from_db()
    assert (second.number, row.state, row.answered_on) == (2, "open", None)
    answer(row, ProposalState.ACCEPTED, version=row.version, **told)
    refusal("accepted", add_version, row, "x", by=cast.owner, version=row.version + 1)
    refusal("transition_refused", answer, row, ProposalState.DECLINED, version=row.version + 1, **told)


def test_pages(cast, unit, client_of):
    person, client = make_person(unit, "蔡文斌"), client_of(cast.owner)
    assert client.get("/proposals/").status_code == 200
    body = {"title": "团购方案", "summary": "两栋楼", "upload": upload("方案.pdf")}
    assert client.post(f"/accounts/{unit.pk}/proposals/new/", body).status_code == 302
    row = Proposal.objects.get()
    file = row.versions.get().file
    early = {"on": business_date() + timedelta(1), "persons": [person.pk]}
    address = f"/proposals/versions/{row.versions.get().pk}/present/"
    assert client.post(address, early).status_code == 422
    assert client.post(address, early | {"on": business_date(), "reaction": "很好"}).status_code == 302
    page = client.get(row.get_absolute_url()).content.decode()
    assert all(word in page for word in ("方案.pdf", "蔡文斌", "很好", row.number))
    tab = client.get(f"/accounts/{unit.pk}/tabs/offers/").content.decode()
    assert row.get_absolute_url() in tab
    assert row.get_absolute_url() in client.get(f"/accounts/{unit.pk}/timeline/").content.decode()
    answered = client.get(file.get_absolute_url())
    b"".join(answered.streaming_content)  # reading to the end closes the file
    assert answered.status_code == 200
    assert client_of(cast.other_team).get(file.get_absolute_url()).status_code == 404
    assert client_of(cast.other_team).get(row.get_absolute_url()).status_code == 404
