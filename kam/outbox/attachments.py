"""Where the bytes of an attachment come from: a stored file, or a room that makes them when the mail goes out."""

from collections.abc import Callable, Mapping

from django.core.files.storage import default_storage

Maker = Callable[[str], bytes]

_makers: dict[str, Maker] = {}


def register_maker(source: str, maker: Maker) -> None:
    """Register `maker(id) -> bytes` for attachments that say {"source": source, "id": id}."""
    if source in _makers:
        raise ValueError(f"attachment maker {source} is registered twice")
    _makers[source] = maker


def bytes_of(attachment: Mapping[str, str]) -> bytes:
    """Return the bytes of one attachment."""
    if "source" in attachment:
        return _makers[attachment["source"]](attachment["id"])
    with default_storage.open(attachment["file"]) as file:
        return bytes(file.read())
