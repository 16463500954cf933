"""What an address may be, and how an event is signed. No database."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.webhooks.rules import AddressFault, Target, is_outside, is_taken, seal_key, signature, target_of


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://a.example", Target("a.example", 443, "/", True)),
        ("https://a.example:8443/kam?x=1", Target("a.example", 8443, "/kam?x=1", True)),
        ("http://a.example/kam", AddressFault.PLAIN),
        ("https://me:secret@a.example/", AddressFault.PERSON),
        ("https://me@a.example/", AddressFault.PERSON),
        ("https://:secret@a.example/", AddressFault.PERSON),
        ("https://a.example/#part", AddressFault.SHAPE),
        ("https://a.example:99999/", AddressFault.SHAPE),
        ("https://[a/", AddressFault.SHAPE),
        ("https:///kam", AddressFault.SHAPE),
        ("ftp://a.example/", AddressFault.SHAPE),
        ("file:///etc/passwd", AddressFault.SHAPE),
        ("https://a.example/a b", AddressFault.SHAPE),
        ("https://a.example/名", AddressFault.SHAPE),
        ("https://a.example/\r\nHost: b", AddressFault.SHAPE),
        ("", AddressFault.SHAPE),
    ],
)
def test_an_address_is_used_or_says_why_not(url, found):
    assert target_of(url, may_be_plain=False) == found


def test_a_laptop_may_try_without_tls():
    assert target_of("http://localhost:9/x", may_be_plain=True) == Target("localhost", 9, "/x", False)
    assert target_of("http://localhost/x", may_be_plain=True) == Target("localhost", 80, "/x", False)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_the_open_internet_is_outside(address):
    assert is_outside(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "2002:7f00:1::1", "2002:0a00:1::1", "2002:5db8:d822::1",
        "64:ff9b::7f00:1", "64:ff9b::a01:203", "64:ff9b::e000:1", "64:ff9b::c000:9", "64:ff9b:1::5db8:d822",
        "192.0.0.9", "2001:1::1", "2001:4:112::1", "2001:20::1", "2001:db8::1", "3fff::1", "no address", "",
    ],
)  # fmt: skip
def test_this_house_and_what_is_no_address_is_not(address):
    assert not is_outside(address)


def test_the_receiver_can_check_what_came():
    body = b'{"id":"7"}'
    told = dict(part.split("=") for part in signature("secret", 1_700_000_000, body).split(","))
    assert told["t"] == "1700000000"
    assert told["v1"] == hmac.new(b"secret", b'1700000000.{"id":"7"}', hashlib.sha256).hexdigest()


@given(st.binary(max_size=40), st.binary(max_size=40), st.integers(0, 2**33))
def test_another_body_moment_or_secret_is_signed_otherwise(body, other, moment):
    mine = signature("secret", moment, body)
    assert (signature("secret", moment, other) == mine) == (body == other)
    assert signature("secret", moment + 1, body) != mine
    assert signature("other", moment, body).split("v1=")[1] != mine.split("v1=")[1]


def test_any_two_hundred_is_taken_and_a_redirect_is_not():
    assert [status for status in (199, 200, 204, 299, 300, 302, 404, 500) if is_taken(status)] == [
        200,
        204,
        299,
    ]


def test_secrets_of_addresses_have_a_key_of_their_own():
    assert seal_key("a") != "a"
    assert seal_key("a") != seal_key("b")
