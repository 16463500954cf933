"""Digests and their papers in a language of nothing but brackets, and the controls of whoever listens (13-proof 7).

Every page, paper and mail of the permission table is listened to where it is asked for: tests/test_permission_matrix.py.
"""

from html import escape

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from kam.approvals.routes import load_default_routes
from kam.notes.services import add_task
from kam.notes.terms import SourceKey
from kam.outbox.models import Message
from kam.today.documents import digest_pdf
from kam.today.services import make
from kam.today.terms import Slot
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import MONDAY, NOW, make_line, make_plan, make_visit
from tests.permissions.row import Row
from tests.permissions.speech import (
    LANGUAGE,
    SAME_EVERYWHERE,
    STAFF_NUMBERS,
    TYPED_IN,
    bare_texts,
    letter,
    paper_text,
)
from visits.plans.services import submit_plan


@pytest.mark.parametrize("slot", list(Slot))
def test_no_digest_tells_a_text_that_was_not_given_to_translators(slot, cast, listener):
    """Everybody's digest of a day with something in it, as a mail and on paper."""
    del listener  # makes everybody read brackets
    load_default_routes()
    with time_machine.travel(NOW, tick=False):
        unit = make_unit("泉州商会", owner=cast.owner, tier="A")
        person = make_person(unit, "许志远", post="会长")
        plan = make_plan(cast.owner)
        make_line(plan, unit, purpose="样板房", questions="谁签字？")
        submit_plan(plan, by=cast.owner)
        subject = SourceKey.of("accounts.unit", unit.pk, unit.name)
        add_task("寄照片", assignee=cast.owner, by=cast.owner, subject=subject, due_on=NOW.date())
    with time_machine.travel(NOW.replace(day=29, hour=9 + 8 * (slot is Slot.FOLLOWUP)), tick=False):
        make_visit(unit, person, user=cast.owner, on=MONDAY, summary="第九套")
        made = make(slot, MONDAY, timezone.now())
        papers = [paper_text(digest_pdf(str(pk))) for pk in made.ids]
    letters = [letter(mail) for mail in Message.objects.all()]
    known = SAME_EVERYWHERE | TYPED_IN | STAFF_NUMBERS
    bare = {text for html in letters for text in bare_texts(html, known)}
    bare |= {text for paper in papers for text in bare_texts(escape(paper), known)}
    assert (len(made.ids), len(papers) > 0, bare) == (13, True, set())
    assert any("泉州商会" in mail for mail in letters)


def test_the_brackets_are_on_the_page(listener):
    """Positive control: the walk reads the bracketed language, not English."""
    assert not listener.complaints(Row("tasks/", "GET", "-", "200: *"))
    [(_page, html, _typed)] = listener.told
    assert "⟦My tasks⟧" in html or "⟦Tasks⟧" in html


def test_a_bare_text_is_found():
    """Negative control: text and label outside of brackets are both named."""
    html = '<p title="Nobody told">⟦All⟧ ⟦of ⟦it⟧⟧</p><p>Owner</p><code>manage.py</code><b>Bare words</b>'
    assert bare_texts(html, SAME_EVERYWHERE | TYPED_IN) == ["Bare words", "Nobody told"]
    assert settings.LANGUAGES[1][0] == LANGUAGE
