"""The administrator's pages: what is dead or unsure, three buttons, and the laptop's sink."""

from email.message import EmailMessage

import pytest

from kam.audit.models import AuditEntry
from kam.outbox.models import Message
from kam.outbox.services import post
from kam.outbox.sink import sink_folder
from kam.outbox.terms import MessageState
from tests.permissions.outbox import make_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead(cast):
    message = post(key="a", to=cast.owner, kind="test", subject="Gift for 许志远", text="secret")
    Message.objects.update(state=MessageState.DEAD, attempts=10, last_error="550 unknown")
    return message


def test_the_list_tells_why_and_not_what(cast, client_of, dead):
    page = client_of(cast.admin).get("/ops/outbox/").content.decode()
    assert "550 unknown" in page
    assert "owner@kam.example" in page
    assert "许志远" not in page
    assert "secret" not in page


def test_a_dead_message_goes_again_to_the_address_of_today(cast, client_of, dead):
    cast.owner.email = "new@kam.example"
    cast.owner.save()
    answer = client_of(cast.admin).post(f"/ops/outbox/{dead.pk}/again/")
    assert (answer.status_code, answer["Location"]) == (302, "/ops/outbox/?state=dead")
    dead.refresh_from_db()
    assert (dead.state, dead.attempts, dead.address) == (MessageState.PLANNED, 0, "new@kam.example")
    assert AuditEntry.objects.get(act="outbox.message.sent_again").changes == {"state": ["dead", "planned"]}


def test_what_the_table_does_not_allow_changes_nothing(cast, client_of, dead):
    client = client_of(cast.admin)
    answer = client.post(f"/ops/outbox/{dead.pk}/settle/", follow=True)
    assert "Somebody has dealt with this message already." in answer.content.decode()
    dead.refresh_from_db()
    assert dead.state == MessageState.DEAD
    assert AuditEntry.objects.filter(act__startswith="outbox").count() == 0


@pytest.mark.parametrize(("query", "status"), [("?state=lost", 404), ("?state=dead%00", 400)])
def test_a_state_that_does_not_exist(cast, client_of, query, status):
    assert client_of(cast.admin).get(f"/ops/outbox/{query}").status_code == status


@pytest.mark.parametrize("before", ["x", "²", "9" * 30, "0"])
def test_any_key_is_answered(cast, client_of, dead, before):
    assert client_of(cast.admin).get("/ops/outbox/", {"state": "dead", "before": before}).status_code == 200


def test_the_sink_is_read_on_laptops_only(cast, client_of, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client = client_of(cast.admin)
    assert "None yet" in client.get("/ops/mail/").content.decode()
    name = make_mail(cast)["name"]
    assert "one@kam.example" in client.get("/ops/mail/").content.decode()
    assert "text" in client.get(f"/ops/mail/{name}/").content.decode()
    assert client.get("/ops/mail/..%2F..%2Fetc/").status_code == 404
    settings.LAPTOP = False
    assert client.get("/ops/mail/").status_code == 404


def test_a_mail_of_two_parts_is_seen_as_its_reader_sees_it(cast, client_of, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.LAPTOP = True
    client = client_of(cast.admin)
    plain = make_mail(cast)["name"]
    mail = EmailMessage()
    mail["Subject"] = "plan"
    mail.set_content("see https://kam.example/")
    mail.add_alternative(
        "<html><head></head><body><b>plan</b><script>x</script></body></html>", subtype="html"
    )
    both = "1795299714636608764-1.eml"
    (sink_folder() / both).write_bytes(bytes(mail))
    page = client.get(f"/ops/mail/{both}/")
    assert f'src="/ops/mail/{both}/html/"' in page.content.decode()
    assert '<a href="https://kam.example/"' in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    frame = client.get(f"/ops/mail/{both}/html/")
    assert "<b>plan</b>" in frame.content.decode()
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    policy = frame["Content-Security-Policy"]
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "iframe" not in client.get(f"/ops/mail/{plain}/").content.decode()
    assert client.get(f"/ops/mail/{plain}/html/").status_code == 404
