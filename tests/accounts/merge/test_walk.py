"""One walk: found as duplicates, compared, asked, approved, the old address leads on, taken back. And who is refused."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.merge import services
from accounts.merge.models import Merge, NotTheSame
from accounts.merge.rows import told_of
from accounts.merge.terms import Kind, MergeState
from accounts.persons.models import Person
from accounts.pool.services import ask_transfer
from accounts.qualification.models import TierProposal, TierScheme
from accounts.qualification.terms import first_tier_rules
from accounts.units.models import KeyAccount, Observation
from accounts.units.services import observe
from kam.approvals import services as approvals
from kam.approvals.models import Snapshot
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.days import say_day
from kam.core.errors import ConflictError
from kam.files.models import Attachment
from kam.notes.services import add_note, add_task, complete_task
from kam.notes.terms import SourceKey
from tests.factories.accounts import make_contact, make_person, make_unit
from tests.factories.visits import approve_all

pytestmark = pytest.mark.django_db


def test_from_the_duplicates_to_one_file_and_back(cast, client_of):
    load_default_routes()
    survivor = make_unit("泉州商会", owner=cast.owner, phone="0595-22", phone_key="059522")
    loser = make_unit("泉州总商会", owner=cast.owner, phone="0595 22", phone_key="059522", address="丰泽街")
    make_contact(loser, on=date(2026, 10, 5))
    client = client_of(cast.owner)
    page = client.get("/duplicates/").content.decode()
    compare = f"/accounts/{survivor.pk}/merge/{loser.pk}/"
    assert compare in page
    page = client.get(compare).content.decode()
    assert "field_phone" in page
    assert "丰泽街" in page
    assert KeyAccount.objects.count() == 2
    assert client.post(compare, {"field_phone": "own", "field_name": "own"}).status_code == 422
    assert Merge.objects.count() == 0
    told = {"reason": "同一家", "field_name": "own", "field_phone": "other", "field_address": "other"}
    sent = client.post(compare, told)
    merge = Merge.objects.get()
    assert (sent.status_code, sent.url) == (302, f"/merges/{merge.pk}/")
    assert client.post(compare, told).status_code == 409
    waits = client.get(compare).content.decode()  # leads to the one that waits, and offers no other way round
    assert (f"/merges/{merge.pk}/" in waits, f"/accounts/{loser.pk}/merge/{survivor.pk}/" in waits) == (
        True,
        False,
    )
    approve_all(services.SUBJECT, merge, cast.manager, cast.director)
    survivor.refresh_from_db()
    assert (survivor.phone, survivor.address) == ("0595 22", "丰泽街")
    old = client.get(f"/accounts/{loser.pk}/tabs/persons/?x=1")
    assert (old.status_code, old.url) == (302, f"/accounts/{survivor.pk}/tabs/persons/?x=1")
    assert client_of(cast.other_team).get(f"/accounts/{loser.pk}/").status_code == 404
    assert str(survivor.pk) in client.get("/accounts/?q=总商会").content.decode()
    assert "泉州总商会" in client.get(f"/accounts/{survivor.pk}/timeline/").content.decode()
    undo = f"/merges/{merge.pk}/undo/"
    assert client.post(undo, {"reason": "两家"}).status_code == 403
    assert client_of(cast.manager).post(undo, {"reason": ""}).status_code == 422
    assert client_of(cast.manager).post(undo, {"reason": "两家"}).status_code == 302
    assert client.get(f"/accounts/{loser.pk}/").status_code == 200
    assert client.post(f"/duplicates/unit/{survivor.pk}/{loser.pk}/apart/").status_code == 302
    assert compare not in client.get("/duplicates/").content.decode()


def test_rows_and_dated_values_are_shown_chosen_approved_and_only_to_who_may_see_them(cast, client_of):
    load_default_routes()
    survivor, loser = make_unit("泉州商会", owner=cast.owner), make_unit("泉州总商会", owner=cast.owner)
    names = ["甲一", "乙二", "丙三", "丁四", "戊五", "己六", "庚七"]
    people = [make_person(loser, name) for name in names]
    observe(survivor, {"headcount": 120}, learned_on=date(2026, 3, 1), by=cast.owner)
    observe(loser, {"headcount": 90}, learned_on=date(2026, 5, 1), by=cast.owner)
    client, compare = client_of(cast.owner), f"/accounts/{survivor.pk}/merge/{loser.pk}/"
    page = client.get(compare).content.decode()
    assert [name in page for name in names] == [False, False, True, True, True, True, True]
    assert ("Show all 7" in page, people[-1].get_absolute_url() in page) == (True, True)
    assert all(name in client.get(f"{compare}?rows=accounts_person-moved").content.decode() for name in names)
    sent = client.post(compare, {"reason": "同一家", "field_seen_headcount": "own"})
    merge = Merge.objects.get()
    assert (sent.status_code, merge.choices["seen_headcount"]) == (302, "own")
    asked = request_for(services.SUBJECT, merge, reader=cast.manager)
    facts = str(Snapshot.objects.get(round__request=asked).content["facts"])
    assert ("120" in facts, "90" in facts) == (True, True)
    approve_all(services.SUBJECT, merge, cast.manager, cast.director)
    now = Observation.objects.filter(unit=survivor).current().get()
    assert (now.value, now.source_kind, now.source_id) == (120, "accounts.merge", str(merge.pk))
    assert "valid from the merge on" in client.get(f"/merges/{merge.pk}/").content.decode()
    services.undo_merge(merge, by=cast.manager, reason="两家")
    values = Observation.objects.order_by("pk").values_list("unit", "value")
    assert list(values) == [(survivor.pk, 120), (loser.pk, 90)]


def test_rows_of_a_room_that_shows_them_to_few_are_only_counted(cast):
    survivor, loser = make_unit(owner=cast.owner), make_unit(owner=cast.owner)
    make_person(loser, "林志强")
    merge = services.draft(Kind.UNIT, survivor, loser, by=cast.owner)
    moved, numbers = services.rehearse(merge)
    seen = {
        reader.staff_number: [
            (len(one.rows), one.unseen) for one in told_of(Kind.UNIT, moved, numbers, reader, whole="")
        ]
        for reader in (cast.owner, cast.other_team)
    }
    assert seen == {cast.owner.staff_number: [(1, 0)], cast.other_team.staff_number: [(0, 1)]}


def test_tasks_notes_and_attachments_are_shown_move_and_come_back(cast, client_of):
    load_default_routes()
    survivor = make_unit("泉州商会", owner=cast.owner, tier="A")
    loser = make_unit("泉州总商会", owner=cast.owner, tier="B")
    about = SourceKey.of("accounts.unit", loser.pk, loser.name)
    open_one = add_task("送样品", assignee=cast.owner, by=cast.owner, subject=about, due_on=date(2026, 6, 9))
    done = add_task("寄资料", assignee=cast.same_team, by=cast.same_team, subject=about)
    complete_task(done, by=cast.same_team)
    note = add_note("旧档备注", subject=about, by=cast.same_team)
    kept = {"content_type": "image/png", "size": 1, "sha256": "0" * 64, "by": cast.owner}
    file = Attachment.objects.create(
        owner_kind="accounts.unit", owner_id=str(loser.pk), name="合影.png", key="k", **kept
    )
    client, compare = client_of(cast.owner), f"/accounts/{survivor.pk}/merge/{loser.pk}/"
    page = client.get(compare)
    shown = {
        str(one.moved.words): ([row.text for row in one.rows], one.unseen) for one in page.context["told"]
    }
    assert shown["tasks"] == (
        [f"送样品 · {cast.owner.name} · {say_day(date(2026, 6, 9))}"],
        1,
    )  # a colleague's done one is only counted
    assert shown["notes"] == ([f"旧档备注 · {cast.same_team.name}"], 0)
    assert shown["attachments"] == (["合影.png"], 0)
    text = page.content.decode()
    assert (file.get_absolute_url() in text, "Tier A of the survivor stays" in text) == (True, True)
    merge = services.draft(Kind.UNIT, survivor, loser, by=cast.owner)
    moved, numbers = services.rehearse(merge)
    strangers = told_of(Kind.UNIT, moved, numbers, cast.other_team, whole="")
    assert [len(one.rows) for one in strangers] == [0, 0, 0]

    client.post(compare, {"reason": "同一家"})
    merge = Merge.objects.get()
    approve_all(services.SUBJECT, merge, cast.manager, cast.director)
    added = add_task(
        "以后再说", assignee=cast.owner, by=cast.owner, subject=SourceKey.of("accounts.unit", survivor.pk)
    )
    rows = (open_one, done, note, file)
    assert {_whose(row) for row in rows} == {str(survivor.pk)}
    assert "送样品" in client.get(f"/accounts/{survivor.pk}/").content.decode()
    assert "送样品" in client.get(f"/merges/{merge.pk}/").content.decode()
    services.undo_merge(merge, by=cast.manager, reason="两家")
    assert {_whose(row) for row in rows} == {str(loser.pk)}
    assert _whose(added) == str(survivor.pk)
    assert "送样品" in client.get(f"/accounts/{loser.pk}/").content.decode()
    assert KeyAccount.objects.filter(pk__in=[survivor.pk, loser.pk]).count() == 2


def test_what_waits_refuses_and_is_one_click_away(cast, client_of):
    load_default_routes()
    survivor, loser = make_unit("泉州商会", owner=cast.owner), make_unit("泉州总商会", owner=cast.owner)
    scheme = TierScheme.objects.get_or_create(
        version=1, defaults={"rules": first_tier_rules(), "introduced_on": date(2020, 1, 1)}
    )[0]
    points = {"value_points": 80, "value_level": "high", "potential_points": 80, "potential_level": "high"}
    TierProposal.objects.create(
        unit=loser, scheme=scheme, current="D", proposed="A", made_on=date(2026, 6, 1), **points
    )
    transfer = ask_transfer(survivor, to=cast.other_team, reason="调离", by=cast.owner)
    client, compare = client_of(cast.owner), f"/accounts/{survivor.pk}/merge/{loser.pk}/"
    page = client.get(compare).content.decode()
    for url in (transfer.get_absolute_url(), f"/accounts/{loser.pk}/tier/proposal/"):
        assert (f'href="{url}"' in page, client.get(url).status_code) == (True, 200)
    assert client.post(compare, {"reason": "同一家"}).status_code == 422
    assert Merge.objects.count() == 0


def _whose(row):
    row.refresh_from_db()
    return getattr(row, "owner_id", None) or row.subject_id


def test_two_entries_of_a_person_on_the_pages(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner)
    one, two = make_person(unit, "陈美玲"), make_person(unit, "陈美玲", department="工会")
    client = client_of(cast.owner)
    assert f"/persons/{one.pk}/merge/" in client.get(f"/persons/{one.pk}/").content.decode()
    compare = f"/persons/{one.pk}/merge/{two.pk}/"
    assert compare in client.get(f"/persons/{one.pk}/merge/").content.decode()
    sent = client.post(compare, {"reason": "同一人", "field_department": "other"})
    assert sent.status_code == 302
    assert client.get(f"/persons/{two.pk}/").url == f"/persons/{one.pk}/"
    assert Person.objects.get().department == "工会"
    assert client.post(f"{sent.url}undo/", {"reason": "两人"}).status_code == 302
    assert Person.objects.count() == 2


def test_a_merge_that_waits_tells_nobody_of_a_unit_they_do_not_see(cast):
    survivor = make_unit("泉州商会", owner=cast.owner)
    loser = make_unit("泉州总商会", owner=cast.other_team)
    told = {"kind": Kind.UNIT, "survivor_unit": survivor, "loser_unit": loser, "asked_by": cast.director}
    merge = Merge.objects.create(**told, reason="同一家")

    def readers():
        people = (cast.owner, cast.manager, cast.other_team, cast.director, cast.gone)
        return [person for person in people if Merge.objects.visible_to(person).exists()]

    assert readers() == [cast.director]
    Merge.objects.filter(pk=merge.pk).update(state=MergeState.MERGED, merged_at=merge.created_at)
    assert readers() == [cast.owner, cast.manager, cast.director]


def test_contact_data_that_was_taken_over_is_masked_for_whoever_may_not_read_it(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner)
    one = make_person(unit, "陈美玲", wechat="meiling-old")
    two = make_person(unit, "陈美玲", mobile="13805950011", wechat="meiling-new", birthday=date(1980, 5, 17))
    choices = dict.fromkeys(("mobile", "wechat", "birthday"), "other")
    merge = services.merge_persons(one, two, choices=choices, reason="同一人", by=cast.owner)
    told = ("13805950011", "meiling-new", "meiling-old")
    shown = client_of(cast.owner).get(f"/merges/{merge.pk}/").content.decode()
    assert all(text in shown for text in told)
    for reader in (cast.director, cast.clerk):
        page = client_of(reader).get(f"/merges/{merge.pk}/").content.decode()
        assert "•••" in page
        assert not [text for text in (*told, "1980") if text in page]


def test_a_pair_whose_merge_waits_says_so_and_offers_nothing_else(cast, client_of):
    load_default_routes()
    survivor, loser = (make_unit(name, owner=cast.owner, phone_key="059522") for name in ("甲厂", "甲分厂"))
    reader, apart = client_of(cast.owner), f"/duplicates/unit/{survivor.pk}/{loser.pk}/apart/"
    compare = f"/accounts/{survivor.pk}/merge/{loser.pk}/"
    page = reader.get("/duplicates/").content.decode()
    assert (compare in page, apart in page, "Waiting for approval" in page) == (True, True, False)
    merge = services.propose_merge(loser, survivor, choices={}, reason="同一家", by=cast.owner)
    page = reader.get("/duplicates/").content.decode()
    assert (compare in page, apart in page, "Waiting for approval" in page) == (False, False, True)
    assert f'href="/merges/{merge.pk}/"' in page
    assert "Waiting for approval" in client_of(cast.manager).get("/duplicates/").content.decode()
    answer = reader.post(apart)
    assert (answer.status_code, NotTheSame.objects.count()) == (422, 0)
    with pytest.raises(ConflictError):
        services.propose_merge(survivor, loser, choices={}, reason="反过来", by=cast.owner)
    assert Merge.objects.count() == 1
    asked = request_for(services.SUBJECT, merge, reader=cast.owner)
    approvals.withdraw(asked, by=cast.owner, version=asked.version)
    page = reader.get("/duplicates/").content.decode()
    assert (compare in page, apart in page, "Waiting for approval" in page) == (True, True, False)


@pytest.mark.parametrize(
    ("name", "short_name", "said"),
    [("福建泉州总商会", "泉州商会", "similar name"), ("泉州总商会", "泉商", "same short name")],
)
def test_names_of_units_are_never_the_same_and_called_similar(cast, client_of, name, short_name, said):
    make_unit("泉州商会", owner=cast.owner, short_name="泉商")
    make_unit(name, owner=cast.owner, short_name=short_name)
    assert _alike(client_of(cast.owner)) == [said]


@pytest.mark.parametrize(("name", "said"), [("Li Na", "same name"), ("li na", "similar name")])
def test_two_persons_of_one_name_are_told_from_two_of_nearly_one(cast, client_of, name, said):
    unit = make_unit("泉州商会", owner=cast.owner)
    for one in ("Li Na", name):
        make_person(unit, one)
    assert _alike(client_of(cast.owner)) == [said]


def _alike(client):
    return re.findall('"k-tag">([^<]*name)<', client.get("/duplicates/").content.decode())


def test_the_page_of_duplicates_asks_the_same_however_many_there_are(cast, client_of):
    client = client_of(cast.owner)
    counts = []
    for n in range(2):
        for _pair in range(1 + 2 * n):
            key = f"0595{n}{_pair}"
            make_unit(owner=cast.owner, phone_key=key)
            make_unit(owner=cast.owner, phone_key=key)
        with CaptureQueriesContext(connection) as asked:
            client.get("/duplicates/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
