"""How often one address may try the public page: counted in the shared cache by the address's hash, forgotten by itself."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

from kam.users.http import client_ip

#: Made-up links from one address before it waits; a hall of customers behind one address sends good links only.
BAD_LINKS, WINDOW_SECONDS = 20, 600


def _key(request: HttpRequest) -> str:
    return "survey-bad:" + hashlib.sha256(client_ip(request).encode()).hexdigest()[:32]


def is_limited(request: HttpRequest) -> bool:
    """Say whether this address has tried too many links that do not exist."""
    return int(cache.get(_key(request), 0)) >= BAD_LINKS


def count_bad_link(request: HttpRequest) -> None:
    """Count a link that does not exist."""
    key = _key(request)
    if not cache.add(key, 1, WINDOW_SECONDS):
        cache.incr(key)
