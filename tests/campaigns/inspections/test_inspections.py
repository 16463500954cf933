"""An inspection on the phone: scored, its findings given out as tasks with their days, photos beside it, printed (S-252)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pypdf
import pytest
from django.db import transaction

from campaigns.inspections import services
from campaigns.inspections.models import ChecklistVersion, Inspection, SeenRow
from campaigns.inspections.rules import RowSpec, parse_checklist
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.files.models import Attachment
from kam.notes.models import Task
from kam.notes.services import complete_task
from tests.factories.accounts import make_unit
from tests.factories.files import picture, upload
from tests.factories.outlets import make_inspection, make_outlet, the_checklist, walk_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def outlet(cast):
    return make_outlet(make_unit("泉州商会", owner=cast.owner), cast.owner)


def counts():
    return [table.objects.count() for table in (Inspection, SeenRow, Task, ChecklistVersion)]


def refusal(code, act, *args, error=BusinessError, **kwargs):
    before = counts()
    with pytest.raises(error) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, counts()) == (code, before)


def test_findings_become_tasks_with_their_days(cast, outlet):
    made = make_inspection(outlet, cast.owner, 1, 2)
    assert made.score == Decimal("80.0")
    tasks = Task.objects.filter(source_kind="inspection", source_id=str(made.pk))
    due = business_date() + timedelta(5)
    assert [(task.text, task.assignee, task.due_on) for task in tasks] == [
        ("芦淞店: 灯箱不亮", cast.owner, due)
    ] * 2
    outlet.refresh_from_db()
    assert (outlet.inspected_on, outlet.score) == (business_date(), Decimal("80.0"))
    earlier = make_inspection(outlet, cast.owner, on=business_date() - timedelta(30))
    outlet.refresh_from_db()
    assert (earlier.score, outlet.score) == (Decimal("100.0"), Decimal("80.0"))


def test_what_is_refused_leaves_nothing(cast, outlet):
    tomorrow = business_date() + timedelta(1)
    keep = services.keep_inspection
    refusal("future", keep, outlet, walk_of(cast.owner, on=tomorrow), by=cast.owner)
    refusal("before", keep, outlet, walk_of(cast.owner, on=outlet.opened_on - timedelta(1)), by=cast.owner)
    walk = walk_of(cast.owner, 1)
    walk.seen[1] = services.Seen(walk.seen[1].verdict, business_date())
    refusal("unsaid", keep, outlet, walk, by=cast.owner)
    walk.seen[1] = services.Seen(walk.seen[1].verdict, business_date() - timedelta(1), "灯不亮")
    refusal("early", keep, outlet, walk, by=cast.owner)
    make_inspection(outlet, cast.owner)
    refusal("twice", keep, outlet, walk_of(cast.owner), by=cast.owner, error=ConflictError)


def test_a_photo_that_is_none_leaves_no_inspection(cast, outlet):
    walk = replace(
        walk_of(cast.owner, 1), photos=[upload("a.png", picture()), upload("b.jpg", b"no picture")]
    )
    files = Attachment.objects.count()
    refusal("type", services.keep_inspection, outlet, walk, by=cast.owner)
    assert Attachment.objects.count() == files
    kept = services.keep_inspection(outlet, replace(walk, photos=[upload("a.png", picture())]), by=cast.owner)
    assert Attachment.objects.of(services.FILES, kept.pk).count() == 1


def test_a_new_version_leaves_inspections_with_theirs(cast, outlet):
    made = make_inspection(outlet, cast.owner)
    first = the_checklist()
    same = [row.spec for row in first.rows.all()]
    assert services.write_version(same, by=cast.director, seen=1) == first
    rows = [RowSpec(("", "", ""), ("Clean", "干净", "乾淨"), 10)]
    refusal("stale", services.write_version, rows, by=cast.director, seen=0, error=ConflictError)
    second = services.write_version(rows, by=cast.director, seen=1)
    assert (second.number, [row.spec for row in second.rows.all()], made.version) == (2, rows, first)


def told_of(version, **fields):
    told = {f"verdict_{row.place}": "ok" for row in version.rows.all()}
    return told | {"version": version.pk, "on": business_date().isoformat()} | fields


def test_inspected_on_the_phone(cast, client_of, outlet):
    owner, version = client_of(cast.owner), the_checklist()
    address = f"/outlets/{outlet.pk}/inspect/"
    assert "The signboard is clean" in owner.get(address).content.decode()
    told = told_of(version, assignee=cast.owner.pk, verdict_2="failed", verdict_3="n_a")
    refused = owner.post(address, told)
    assert (refused.status_code, "Say what is not in order." in refused.content.decode()) == (422, True)
    assert counts()[:3] == [0, 0, 0]
    told |= {"text_2": "形象柜缺一层𠮷", "photos": upload("柜.png", picture())}
    answer = owner.post(address, told)
    made = Inspection.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/inspections/{made.pk}/")
    assert owner.post(address, told_of(version, assignee=cast.owner.pk)).status_code == 409
    page = owner.get(f"/inspections/{made.pk}/").content.decode()
    assert all(word in page for word in ("形象柜缺一层𠮷", "89.5", "柜.png"))
    photo = Attachment.objects.of(services.FILES, made.pk).get()
    opened = owner.get(f"/files/{photo.pk}/")
    assert (opened.status_code, len(opened.getvalue())) == (200, photo.size)
    assert client_of(cast.other_team).get(f"/files/{photo.pk}/").status_code == 404
    assert (
        owner.post(f"/inspections/{made.pk}/photos/", {"file": upload("二.png", picture())}).status_code
        == 302
    )
    assert owner.post(f"/inspections/{made.pk}/photos/", {}).status_code == 422
    waiting = owner.get("/inspections/?open=true").content.decode()
    complete_task(Task.objects.get(), by=cast.owner)
    assert (made.number in waiting, made.number in owner.get("/inspections/?open=true").content.decode()) == (
        True,
        False,
    )
    assert "mended on" in owner.get(f"/inspections/{made.pk}/").content.decode()
    data = owner.get(f"/inspections/{made.pk}/sheet.pdf?language=zh-hans").content
    text = "".join(part.extract_text() for part in pypdf.PdfReader(BytesIO(data)).pages)
    assert all(word in text for word in ("形象柜缺一层𠮷", "芦淞店", "泉州商会"))


def test_an_inspection_sent_again_from_the_queue_is_kept_once(cast, client_of, outlet):
    owner, version, key = client_of(cast.owner), the_checklist(), str(uuid4())
    address, draft = (
        f"/outlets/{outlet.pk}/inspect/",
        f"/visits/drafts/inspection/{outlet.pk}-{version.number}/",
    )
    owner.post(draft, {"verdict_1": "ok", "note": "灯箱𠮷"})
    page = owner.get(address).content.decode()
    assert (f'data-key="{outlet.pk}-{version.number}"' in page, "server-draft" in page) == (True, True)
    told = told_of(version, assignee=cast.owner.pk, public_id=key)
    json = {"headers": {"accept": "application/json"}}
    refused = owner.post(address, told | {"verdict_1": "failed"}, **json)
    assert (refused.status_code, "text_1" in refused.json()["errors"], counts()[0]) == (422, True, 0)
    first = owner.post(address, told, **json)
    again = owner.post(address, told, **json)
    made = Inspection.objects.get()
    assert [answer.json() for answer in (first, again)] == [{"location": f"/inspections/{made.pk}/"}] * 2
    assert owner.post(address, told | {"note": "另一份"}, **json).status_code == 409
    assert (Inspection.objects.count(), "server-draft" in owner.get(address).content.decode()) == (1, False)


def test_the_checklist_in_the_browser(cast, client_of):
    director = client_of(cast.director)
    page = director.get("/inspections/checklist/").content.decode()
    assert "The signboard is clean, whole and lit" in page
    assert director.post("/inspections/checklist/", {"rows": "x", "seen": 1}).status_code == 422
    assert director.post("/inspections/checklist/", {"rows": "5 | Clean", "seen": 1}).status_code == 302
    assert parse_checklist("5 | Clean")[0] == [row.spec for row in the_checklist().rows.all()]
