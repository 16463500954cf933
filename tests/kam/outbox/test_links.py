"""A mark in a mail becomes an address only in the mail that it was made for."""

import pytest
from django.utils import timezone

from kam.outbox.delivery import compose
from kam.outbox.links import link_mark, register_link_maker, with_links
from kam.outbox.services import post

SOURCE = "tests.secret"
register_link_maker(SOURCE, "https://kam.test/secret/{}/".format)


def test_a_mark_becomes_the_address_in_its_own_mail():
    text = f"Here: {link_mark(SOURCE, 7, key='survey:7')}."
    assert with_links(text, key="survey:7") == "Here: https://kam.test/secret/7/."


@pytest.mark.parametrize(
    "text",
    [
        "⟦link:tests.secret:7⟧",  # as marks looked once
        "⟦link:tests.secret:7:AAAA⟧",  # a signature somebody made up
        link_mark(SOURCE, 7, key="survey:7"),  # copied out of another mail
        link_mark(SOURCE, 8, key="digest:1").replace(":8:", ":7:"),  # another number under a good signature
        link_mark("tests.unknown", 7, key="digest:1"),  # a room that is gone
    ],
)
def test_a_mark_that_somebody_typed_stays_text(text):
    assert with_links(f"Call {text} today", key="digest:1") == f"Call {text} today"


@pytest.mark.django_db
def test_a_typed_mark_stops_no_mail_and_tells_no_link(cast):
    typed = "⟦link:accounts.invitation:1⟧ ⟦link:nobody.knows:1⟧"
    message = post(
        key="t:1", to=cast.owner, kind="tests", subject="Task", text=f"Do {typed}", html=f"<p>{typed}</p>"
    )
    assert compose(message, timezone.now()).body == f"Do {typed}"
