"""A policy is acknowledged from the Today page."""

from datetime import date

import pytest
from django.utils import timezone

from visits.bulletins.models import Bulletin


@pytest.mark.django_db
def test_the_form_on_today_carries_its_token_and_the_policy_is_gone_after_it(cast, client_of):
    bulletin = Bulletin.objects.create(
        title="一次性付款优惠",
        text="9.8 折",
        in_force_from=date(2026, 6, 22),
        written_by=cast.marketing,
        published_at=timezone.now(),
    )
    client = client_of(cast.owner)
    banner = client.get("/").context["page"].banners[0].html
    assert "一次性付款优惠" in banner
    assert "csrfmiddlewaretoken" in banner
    answer = client.post(f"/bulletins/{bulletin.pk}/read/", {"next": "/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").context["page"].banners == []
