"""What an address may be, and how an event is signed. No database. See docs/domain/api.md."""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import urlsplit

HTTPS_PORT, HTTP_PORT = 443, 80
#: Not of the open internet, whatever the Python at hand says: its lists differ between 3.11.2, 3.11.7 and 3.13. Nobody serves pages from
#: protocol assignments, documentation or a network's own NAT64; relays of 6to4 are gone (RFC 7526).
NO_PAGES = tuple(
    ip_network(block)
    for block in ("192.0.0.0/24", "64:ff9b:1::/48", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
#: A network without IPv4 names IPv4's addresses so (RFC 6052): what counts is who stands behind.
NAT64 = ip_network("64:ff9b::/96")


class AddressFault(StrEnum):
    """Why an address cannot be used."""

    SHAPE = "shape"  # no address of a page
    PLAIN = "plain"  # not over TLS
    PERSON = "person"  # a name or password inside
    INSIDE = "inside"  # of this house, or of no house


@dataclass(frozen=True, slots=True)
class Target:
    """Where an event goes: the host that is asked, its port, and what is asked of it."""

    host: str
    port: int
    path: str
    is_tls: bool


def target_of(url: str, *, may_be_plain: bool) -> Target | AddressFault:
    """Return where a URL leads, or why it may not be used; `may_be_plain` allows http, for trials on a laptop."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        return AddressFault.SHAPE
    if parts.scheme not in {"http", "https"} or not host or parts.fragment or not _is_plain_text(url):
        return AddressFault.SHAPE
    if parts.username is not None or parts.password is not None:
        return AddressFault.PERSON
    is_tls = parts.scheme == "https"
    if not is_tls and not may_be_plain:
        return AddressFault.PLAIN
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port or (HTTPS_PORT if is_tls else HTTP_PORT), path, is_tls)


def _is_plain_text(url: str) -> bool:
    return url.isascii() and url.isprintable() and " " not in url


def is_outside(address: str) -> bool:
    """Say whether an IP address belongs to the open internet: never this machine, its network, or a cloud's own services."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = IPv4Address(int(ip) % 2**32) if ip in NAT64 else getattr(ip, "ipv4_mapped", None) or ip
    return all(
        told.is_global and not told.is_multicast and not any(told in block for block in NO_PAGES)
        for told in {ip, inner}
    )


def signature(secret: str, moment: int, body: bytes) -> str:
    """Return what stands in the header: the second of sending, and the HMAC-SHA256 of "second.body" in hexadecimal digits."""
    told = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={told}"


def is_taken(status: int) -> bool:
    """Say whether an answer means that the event arrived: any 2xx; a redirect is none."""
    return 200 <= status <= 299


def seal_key(secret: str) -> str:
    """Return what the key that hides the secrets of addresses is drawn from."""
    return f"kam.webhook:{secret}"
