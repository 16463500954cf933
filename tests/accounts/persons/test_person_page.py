"""Persons through real HTTP: masked data, forms, the key person."""

from datetime import date

import pytest

from accounts.persons.models import KeyPersonPeriod, Person, PersonFact, PersonRole
from tests.factories.accounts import make_contact, make_person, make_unit


@pytest.fixture
def person(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    return make_person(unit, "许志远", mobile="13800138000", wechat="xzy88", email="xu@example.com")


@pytest.mark.parametrize(
    ("who", "clear"),
    [
        ("owner", True),
        ("manager", True),
        ("lead", False),
        ("director", False),
        ("clerk", False),
        ("gm", False),
    ],
)
def test_contact_data_are_clear_to_owner_and_manager_only(cast, client_of, person, who, clear):
    html = client_of(getattr(cast, who)).get(f"/persons/{person.pk}/").content.decode()
    assert ("13800138000" in html, "xzy88" in html, "xu@example.com" in html) == (clear, clear, clear)
    assert ("138••••8000" in html) is not clear


def test_who_sees_masked_data_does_not_overwrite_them(cast, client_of, person):
    page = client_of(cast.director)
    assert "13800138000" not in page.get(f"/persons/{person.pk}/edit/").content.decode()
    body = {"name": "许志远", "post": "会长", "official": "no", "version": 1, "mobile": "1"}
    assert page.post(f"/persons/{person.pk}/edit/", body).status_code == 302
    person.refresh_from_db()
    assert (person.post, person.mobile) == ("会长", "13800138000")


def test_the_printed_file_masks_too(cast, client_of, person):
    import pypdfium2

    answer = client_of(cast.director).get(f"/accounts/{person.unit_id}/file.pdf")
    text = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(answer.content))
    assert "13800138000" not in text
    assert "许志远" in text


def test_masked_data_show_neither_content_nor_length(cast, client_of, person):
    html = client_of(cast.lead).get(f"/persons/{person.pk}/").content.decode()
    assert "138••••8000" in html
    assert html.count("•••<") == 2  # WeChat and e-mail, whatever they hold; nothing for what is empty


def test_add_assess_and_give_a_role(cast, client_of, person):
    page = client_of(cast.owner)
    added = page.post(f"/accounts/{person.unit_id}/persons/new/", {"name": "黄秀梅", "official": "unknown"})
    new = Person.objects.get(name="黄秀梅")
    assert (added.status_code, added["Location"]) == (302, f"/persons/{new.pk}/")
    body = {
        "learned_on": "2026-06-12",
        "attitude": "opposes",
        "influence": "4",
        "insider": "none",
        "version": 1,
    }
    assert page.post(f"/persons/{new.pk}/assess/", body).status_code == 302
    assert sorted(PersonFact.objects.values_list("field", flat=True)) == ["attitude", "influence"]
    assert page.post(f"/persons/{new.pk}/assess/", body).status_code == 409
    role = {"role": "financial", "confidence": "confirmed", "on": "2026-06-12"}
    assert page.post(f"/persons/{new.pk}/roles/", role).status_code == 302
    assert PersonRole.objects.get().gatekeeper_kind == "financial"
    html = page.get(f"/persons/{new.pk}/").content.decode()
    assert "Financial gatekeeper" in html
    refused = page.post(f"/accounts/{person.unit_id}/persons/new/", {"name": "", "official": "unknown"})
    assert refused.status_code == 422
    assert Person.objects.count() == 2


def test_designating_is_refused_with_a_sentence(cast, client_of, person):
    page = client_of(cast.owner)
    refused = page.post(f"/persons/{person.pk}/designate/")
    assert refused.status_code == 422
    assert "no visit is recorded yet" in refused.content.decode()
    make_contact(person.unit, person, on=date(2026, 6, 1))
    assert page.post(f"/persons/{person.pk}/designate/").status_code == 302
    assert page.post(f"/persons/{person.pk}/designate/").status_code == 409
    assert KeyPersonPeriod.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "asks"), [("owner", 0), ("manager", 0), ("lead", 0), ("director", 1), ("gm", 1)]
)
def test_who_may_look_asks_on_the_page_itself_and_gets_the_values_in_place(
    cast, client_of, person, who, asks
):
    client = client_of(getattr(cast, who))
    page = client.get(f"/persons/{person.pk}/").content.decode()
    address = f"/people/unmask/accounts.person/{person.pk}/"
    assert page.count(f'hx-post="{address}"') == asks
    if asks:
        assert person.mobile not in page
        fragment = client.post(address, {"reason": "The unit asked"}, HTTP_HX_REQUEST="true").content.decode()
        assert person.mobile in fragment
        assert "<html" not in fragment
        refused = client.post(address, {"reason": ""}, HTTP_HX_REQUEST="true")
        assert (refused.status_code, person.mobile in refused.content.decode()) == (422, False)


def test_the_history_reads_in_words_not_in_codes(cast, client_of, person):
    page = client_of(cast.owner)
    page.post(
        f"/persons/{person.pk}/roles/", {"role": "financial", "confidence": "confirmed", "on": "2026-06-12"}
    )
    html = page.get(f"/history/accounts.person/{person.pk}/").content.decode()
    assert ("Financial gatekeeper" in html, "Confirmed" in html) == (True, True)
    assert ("→ financial" in html, "→ confirmed" in html) == (False, False)


def test_the_history_names_what_was_shown_as_the_forms_do(cast, client_of, person):
    page = client_of(cast.director)
    assert (
        page.post(f"/people/unmask/accounts.person/{person.pk}/", {"reason": "who is paid"}).status_code
        == 200
    )
    html = page.get(f"/history/accounts.person/{person.pk}/").content.decode()
    assert "who is paid" in html
    assert "mobile, telephone, WeChat, e-mail, birthday" in html
