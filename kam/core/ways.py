"""Where a form leads back to: never out of our own addresses."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, default: str = "/") -> str:
    """Return the posted `next` where it is an address of ours, else `default`."""
    wanted = request.POST.get("next", "")
    if not wanted.startswith("/") or not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return default
    try:
        resolve(wanted.split("?")[0])
    except Resolver404:
        return default
    return wanted


def came_from(request: HttpRequest) -> str:
    """Return the page of ours on which the form stood that was sent, its filters included; empty where none is told."""
    told = request.headers.get("Referer", "")
    if request.method != "POST" or not url_has_allowed_host_and_scheme(
        told, allowed_hosts={request.get_host()}
    ):
        return ""
    parts = urlsplit(told)
    page = f"{parts.path}?{parts.query}" if parts.query else parts.path
    # A path of ours that begins with // would be another host's address once the host before it is gone.
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else ""
