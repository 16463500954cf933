"""What is typed is kept by the server while it is typed: the last saving wins, and it is the typist's alone."""

import pytest
from django.urls import reverse

from visits.visits.models import Draft
from visits.visits.services import drafts

pytestmark = pytest.mark.django_db
ADDRESS = {"kind": "visit", "key": "unit-1"}


def test_the_last_saving_is_kept_and_nothing_typed_forgets_it(cast, client_of):
    client, path = client_of(cast.owner), reverse("save_draft", kwargs=ADDRESS)
    client.post(path, {"summary": "Talked about"})
    assert client.post(path, {"summary": "Talked about the ninth set"}).json()["saved_at"]
    assert Draft.objects.get(user=cast.owner).body == {"summary": ["Talked about the ninth set"]}
    assert client.post(path, {}).json() == {"saved_at": None}
    assert not Draft.objects.exists()


def test_what_no_database_keeps_is_left_out_and_the_rest_is_kept(cast, client_of):
    answer = client_of(cast.owner).post(
        reverse("save_draft", kwargs=ADDRESS), {"summary": "a\0b", "on\0": "2026-06-22"}
    )
    assert (answer.status_code, Draft.objects.get().body) == (200, {"summary": ["ab"], "on": ["2026-06-22"]})


def test_a_draft_of_too_many_fields_is_refused_and_the_one_before_stays(cast, client_of):
    drafts.save_draft(**ADDRESS, body={"summary": ["kept"]}, by=cast.owner)
    answer = client_of(cast.owner).post(
        reverse("save_draft", kwargs=ADDRESS), {f"field{number}": "x" for number in range(401)}
    )
    assert answer.status_code == 422
    assert answer.json()["error"] == "This draft is too long to be kept."
    assert Draft.objects.get().body == {"summary": ["kept"]}
