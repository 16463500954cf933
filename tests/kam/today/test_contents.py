"""What stands in a digest, and what never does: the real sections over real rows (spec 07, 12-decisions 28, R-13)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.utils.translation import override

from kam.audit.models import AuditLink
from kam.outbox.delivery import deliver_due
from kam.outbox.models import Message
from kam.today.blocks import Block
from kam.today.mail import subject_of
from kam.today.models import Digest
from kam.today.services import make_due
from kam.today.terms import Slot
from kam.users.models import User
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import make_appointment, make_line, make_plan

SHANGHAI = ZoneInfo("Asia/Shanghai")
TUESDAY = date(2026, 6, 30)
PHONE, BIRTHDAY, WECHAT, EMAIL = "13800138007", date(1976, 6, 30), "wx-chairman", "chairman@unit.example"
COST = 198_347


def at(hour, minute=0, day=TUESDAY):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def day_of_visits(cast, transactional_db):
    """A day with a visit to somebody whose private data are all known."""
    with time_machine.travel(at(9) - timedelta(days=5), tick=False):
        unit = make_unit("泉州商会", owner=cast.owner)
        person = make_person(
            unit, "欧阳建𠮷", post="会长", mobile=PHONE, birthday=BIRTHDAY, wechat=WECHAT, email=EMAIL
        )
        plan = make_plan(cast.owner)
        make_line(plan, unit, day=TUESDAY, persons=[person], gifts="德化白瓷茶具", cost=COST)
        make_appointment(unit, cast.owner, person=person, starts_at=at(15), contact=PHONE)
    return unit


def letter_to(person, slot):
    return Message.objects.get(to=person, key=f"digest:{Digest.objects.get(user=person, slot=slot).pk}")


@pytest.mark.django_db(transaction=True)
def test_no_digest_holds_a_phone_a_birthday_an_address_or_an_amount(cast, day_of_visits):
    for moment in (at(8), at(17)):
        with time_machine.travel(moment, tick=False):
            make_due()
    letters = list(Message.objects.all())
    assert len(letters) == 26
    amounts = (str(COST), f"{COST:,}")
    heads = [bytes(link.hash).hex() for link in AuditLink.objects.all()]
    for letter in letters:
        whole = f"{letter.subject}\n{letter.text}\n{letter.html}"
        for head in heads:  # 64 digits at random hold a year now and then
            whole = whole.replace(head, "")
        told = [secret for secret in (PHONE, "1976", WECHAT, EMAIL, *amounts, "建𠮷") if secret in whole]
        assert (letter.to.staff_number, told) == (letter.to.staff_number, [])
    mine = letter_to(cast.owner, "plan")
    assert ("泉州商会" in mine.text, "会长" in mine.text) == (True, True)


@pytest.mark.django_db(transaction=True)
def test_the_directors_evening_carries_the_head_of_the_chain(cast, day_of_visits):
    head = bytes(AuditLink.objects.order_by("-seq").first().hash).hex()
    with time_machine.travel(at(17), tick=False):
        make_due()
    letter = letter_to(cast.director, "followup")
    assert (letter.text.count(head), letter.html.count(head)) == (1, 1)
    others = Message.objects.exclude(pk=letter.pk)
    assert others.filter(text__contains=head).count() == 0


@pytest.mark.django_db(transaction=True)
def test_leaders_read_by_name_who_has_no_plan_and_no_form(cast, day_of_visits):
    for moment in (at(8), at(17)):
        with time_machine.travel(moment, tick=False):
            make_due()
    for leader in (cast.lead, cast.manager, cast.director):
        morning, evening = letter_to(leader, "plan").text, letter_to(leader, "followup").text
        plan_line = next(
            line for line in morning.splitlines() if line.startswith("Nothing is planned for today")
        )
        form_line = next(
            line for line in evening.splitlines() if line.startswith("The follow-up form is missing")
        )
        assert (cast.same_team.name in plan_line, cast.owner.name in plan_line) == (True, False)
        assert (cast.same_team.name in form_line, cast.owner.name in form_line) == (True, True)
        assert (cast.other_team.name in plan_line) is (leader == cast.director)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("who", "words"),
    [("finance", "No payment is due."), ("clerk", "No material, briefing or return is due.")],
)
def test_nothing_due_is_said(cast, who, words):
    User.objects.update(joined_on=at(8).date())  # owes no statistics of a month before
    for moment in (at(8), at(17)):
        with time_machine.travel(moment, tick=False):
            make_due()
    for slot in ("plan", "followup"):
        letter = letter_to(getattr(cast, who), slot)
        assert (words in letter.text, words in letter.html) == (True, True)


@pytest.mark.django_db(transaction=True)
def test_links_are_absolute_and_a_late_one_says_so(cast, day_of_visits, settings):
    with time_machine.travel(at(10), tick=False):
        make_due()
        deliver_due()
    sent = next(m for m in mail.outbox if m.to == [cast.owner.email])
    html = sent.alternatives[0][0]
    assert ('href="/' in html, "<script" in html, "<form" in html) == (False, False, False)
    assert f'href="{settings.BASE_URL}/' in html
    assert sent.body.startswith("This comes late: it was planned for 08:00.")
    assert "This comes late: it was planned for 08:00." in html


@pytest.mark.parametrize(
    ("language", "said"), [("en", "October 2026 report"), ("zh-hans", "2026年10月 report")]
)
def test_the_subject_of_a_digest_says_months_as_its_reader_does(language, said):
    block = Block("x", "x", "", "", "side", summary="2026-10 report")
    with override(language):
        assert subject_of(Slot.PLAN, date(2026, 11, 19), [block]).endswith(f" · {said}")
        assert " · " not in subject_of(Slot.PLAN, date(2026, 11, 19), [])
