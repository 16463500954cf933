"""Events reach a real program over HTTP once, signed; what is refused is tried again, then given up; nothing leads inside the house."""

import hashlib
import hmac
import json
import socket
import ssl
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import connection
from django.utils import timezone

from kam.audit.models import AuditEntry, AuditLink
from kam.audit.registry import is_registered
from kam.audit.services import record
from kam.core.errors import BusinessError, ConflictError
from kam.outbox.models import Notice
from kam.users.terms import Position
from kam.webhooks import services
from kam.webhooks.channel import NotTakenError, send
from kam.webhooks.models import Delivery, Endpoint
from kam.webhooks.registry import all_events
from kam.webhooks.terms import KEEP_DAYS, MAX_ATTEMPTS, MOST_ENDPOINTS, SIGNATURE_HEADER
from tests.factories.accounts import make_unit
from tests.factories.kam import make_user

pytestmark = pytest.mark.django_db
CREATED, MOVED = "accounts.unit.created", "accounts.phase.moved"


class Program:
    """Another program: takes what is posted, and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict, bytes]] = []
        self.status = 204
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((dict(self.headers), body))
                self.send_response(outer.status)
                if outer.status == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_arguments) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/kam"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def program():
    made = Program()
    yield made
    made.close()


def happens(act: str, unit, by) -> None:
    """Let an act happen and be linked, as it is when a transaction ends."""
    record(act, unit, by=by)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


def test_what_happens_is_told_once_and_signed(cast, program):
    unit = make_unit("Guild", owner=cast.owner)
    happens(CREATED, unit, cast.owner)  # before: not told
    row, secret = services.make_endpoint("table", program.url, [CREATED], by=cast.admin)
    happens(CREATED, unit, cast.owner)
    happens(MOVED, unit, cast.owner)  # not chosen
    assert "1" in services.tell_all()
    services.tell_all()

    ((headers, body),) = program.got
    told = dict(part.split("=") for part in headers[SIGNATURE_HEADER].split(","))
    assert hmac.compare_digest(
        told["v1"], hmac.new(secret.encode(), f"{told['t']}.".encode() + body, hashlib.sha256).hexdigest()
    )
    delivery = Delivery.objects.get()
    assert json.loads(body) == {
        "id": str(delivery.pk),
        "event": CREATED,
        "at": delivery.at.isoformat(),
        "object": {"type": "accounts.keyaccount", "id": str(unit.pk)},
    }
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("sent", 1, "")
    assert "Guild" not in body.decode()
    assert secret not in row.sealed_secret


def test_what_is_not_taken_goes_again_and_is_given_up_in_the_end(cast, program):
    reader = make_user("other", Position.ADMINISTRATOR, language="zh-hans")
    endpoint, _secret = services.make_endpoint("table", program.url, [CREATED], by=cast.admin)
    happens(CREATED, make_unit("Guild", owner=cast.owner), cast.owner)
    program.status = 500
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        for attempt in range(1, MAX_ATTEMPTS + 1):
            services.tell_all()
            services.tell_all()  # at once: nothing is due
            row = Delivery.objects.get()
            assert (row.attempts, row.last_error, len(program.got)) == (attempt, "answered 500", attempt)
            clock.shift(timedelta(hours=2))
        assert row.state == "dead"
        assert Notice.objects.filter(to=cast.admin, kind="webhooks.dead").count() == 1
        assert Notice.objects.get(to=reader).text == "Webhook table 无法接收事件。"
        program.status = 200
        services.tell_all()
        assert len(program.got) == MAX_ATTEMPTS
        services.send_again(row, by=cast.admin)
        services.tell_all()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("sent", 1)
    assert endpoint.deliveries.count() == 1


def test_a_worker_that_died_leaves_the_event_to_the_next(cast, program):
    services.make_endpoint("table", program.url, [CREATED], by=cast.admin)
    happens(CREATED, make_unit("Guild", owner=cast.owner), cast.owner)
    services.collect(Endpoint.objects.get().pk)
    now = timezone.now()
    assert services._claim(now) is not None  # the worker dies here
    assert services._claim(now) is None
    assert services.tell_due(now + timedelta(minutes=6)) == 1


def test_an_address_that_breaks_in_a_new_way_stops_no_other(cast, program, monkeypatch):
    for name in ("first", "second"):
        services.make_endpoint(name, program.url, [CREATED], by=cast.admin)
    happens(CREATED, make_unit("Guild", owner=cast.owner), cast.owner)
    breaks, look_up = iter([True, False]), socket.getaddrinfo

    def once(*told, **more):
        if next(breaks, False):  # connecting asks too
            raise RuntimeError("what nobody thought of")
        return look_up(*told, **more)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    services.tell_all()
    kept = Delivery.objects.order_by("next_at").values_list("state", "last_error", "attempts")
    assert sorted(kept) == [("planned", "RuntimeError: what nobody thought of", 1), ("sent", "", 1)]


def test_a_busy_hour_is_told_whole_in_chunks_of_what_was_chosen(cast, program, monkeypatch):
    monkeypatch.setattr(services, "CHUNK", 2)
    unit = make_unit("Guild", owner=cast.owner)
    endpoint, _secret = services.make_endpoint("table", program.url, [CREATED], by=cast.admin)
    for act in (MOVED, MOVED, MOVED, CREATED, MOVED, CREATED, CREATED, MOVED):
        happens(act, unit, cast.owner)
    assert [services.collect(endpoint.pk) for _look in range(3)] == [2, 1, 0]
    endpoint.refresh_from_db()
    assert endpoint.seen == AuditLink.objects.order_by("seq").last().seq
    assert Delivery.objects.count() == 3


def test_a_redirect_is_not_followed_and_silence_is_an_error(cast, program):
    services.make_endpoint("table", program.url, [CREATED], by=cast.admin)
    program.status = 302
    services.try_endpoint(Endpoint.objects.get(), by=cast.admin)
    services.tell_due()
    assert [error for (error,) in Delivery.objects.values_list("last_error")] == ["answered 302"]
    assert len(program.got) == 1
    program.close()
    with pytest.raises(NotTakenError, match="refused"):
        send(program.url, b"{}", {})


def test_a_certificate_that_nobody_vouches_for_is_refused(program, tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = timezone.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    file = tmp_path / "own.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    program.server.socket = context.wrap_socket(program.server.socket, server_side=True)
    with pytest.raises(NotTakenError, match="CERTIFICATE_VERIFY_FAILED"):
        send(program.url.replace("http://127.0.0.1", "https://localhost"), b"{}", {})
    assert program.got == []


@pytest.mark.parametrize("place", ["127.0.0.1", "10.0.0.5", "169.254.169.254", "::1"])
def test_a_name_that_leads_inside_is_not_asked(settings, monkeypatch, place):
    settings.LAPTOP = False
    asked = []
    found = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", (place, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)
    monkeypatch.setattr(socket, "create_connection", lambda *a, **_k: asked.append(a))
    with pytest.raises(NotTakenError, match="inside"):
        send("https://program.example/kam", b"{}", {})
    with pytest.raises(NotTakenError, match="plain"):
        send("http://program.example/kam", b"{}", {})
    assert asked == []


def test_a_name_that_is_not_known_is_an_error(monkeypatch):
    def unknown(*_a, **_k):
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NotTakenError, match="not known"):
        send("https://program.example/kam", b"{}", {})


@pytest.mark.parametrize(
    ("url", "acts", "field"),
    [
        ("no address", [CREATED], "url"),
        ("http://program.example/", [CREATED], "url"),
        ("https://me:x@program.example/", [CREATED], "url"),
        ("https://program.example/", [], "acts"),
        ("https://program.example/", ["people.login.succeeded"], "acts"),
    ],
)
def test_what_is_refused_leaves_nothing(cast, settings, url, acts, field):
    settings.LAPTOP = False
    before = AuditEntry.objects.count()
    with pytest.raises(BusinessError) as refused:
        services.make_endpoint("table", url, acts, by=cast.admin)
    assert refused.value.field == field
    assert (Endpoint.objects.count(), AuditEntry.objects.count()) == (0, before)


def test_ten_are_enough_and_a_stopped_one_is_told_nothing(cast, program):
    for number in range(MOST_ENDPOINTS):
        services.make_endpoint(f"table {number}", program.url, [CREATED], by=cast.admin)
    with pytest.raises(BusinessError):
        services.make_endpoint("one more", program.url, [CREATED], by=cast.admin)
    first = Endpoint.objects.order_by("pk").first()
    trial = services.try_endpoint(first, by=cast.admin)
    services.stop_endpoint(first, by=cast.admin)
    services.stop_endpoint(first, by=cast.admin)
    assert AuditEntry.objects.filter(act="webhooks.endpoint.stopped").count() == 1
    happens(CREATED, make_unit("Guild", owner=cast.owner), cast.owner)
    services.tell_all()
    trial.refresh_from_db()
    assert (trial.state, trial.last_error) == ("dead", "stopped")
    assert len(program.got) == MOST_ENDPOINTS - 1
    with pytest.raises(ConflictError):
        services.try_endpoint(first, by=cast.admin)
    with pytest.raises(ConflictError):
        services.send_again(trial, by=cast.admin)


def test_old_events_are_forgotten_those_that_wait_are_not(cast, program):
    endpoint, _secret = services.make_endpoint("table", program.url, [CREATED], by=cast.admin)
    program.status = 500
    now = timezone.now()
    kept = Delivery.objects.create(endpoint=endpoint, link=1, act=CREATED, at=now, next_at=now)
    Delivery.objects.create(
        endpoint=endpoint, link=2, act=CREATED, at=now, next_at=now, state="sent", sent_at=now
    )
    services.forget_old()
    assert Delivery.objects.count() == 2
    Delivery.objects.update(created_at=now - timedelta(days=KEEP_DAYS + 1))
    services.forget_old()
    assert list(Delivery.objects.all()) == [kept]


def test_every_event_is_an_act_of_the_audit():
    assert len(all_events()) >= 15
    assert [act for act in all_events() if not is_registered(act)] == []


def test_the_page_makes_shows_once_tries_and_stops(cast, client_of, program):
    client = client_of(cast.admin)
    page = client.post("/ops/webhooks/", {"name": "table", "url": program.url, "acts": [CREATED]})
    secret = page.context["secret"]
    assert secret
    assert secret in page.content.decode()
    assert secret not in client.get("/ops/webhooks/").content.decode()
    endpoint = Endpoint.objects.get()
    # what four characters happen to be is no word for translators
    assert f"<code>…{endpoint.tail}</code>" in client.get("/ops/webhooks/").content.decode()
    assert client.post(f"/ops/webhooks/{endpoint.pk}/try/").status_code == 302
    services.tell_due()
    assert "Trial" in client.get("/ops/webhooks/").content.decode()
    assert client.post(f"/ops/webhooks/{endpoint.pk}/stop/").status_code == 302
    refused = client.post(f"/ops/webhooks/{endpoint.pk}/try/", follow=True)
    assert "was stopped" in refused.content.decode()
    wrong = client.post("/ops/webhooks/", {"name": "x", "url": "nowhere", "acts": [CREATED]})
    assert wrong.status_code == 422
    assert "nowhere" in wrong.content.decode()
    assert Endpoint.objects.count() == 1
