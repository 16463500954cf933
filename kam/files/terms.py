"""What may be attached. No Django here."""

from dataclasses import dataclass
from enum import StrEnum

MAX_BYTES = 10 * 1024 * 1024
MAX_PER_RECORD = 20
MAX_PIXELS = 40_000_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_ENTRIES = 5_000


class Refusal(StrEnum):
    """Why a file is not taken."""

    TOO_BIG = "too_big"
    TYPE = "type"
    NO_PICTURE = "no_picture"


@dataclass(frozen=True, slots=True)
class FileType:
    """One type we take: by extension *and* by content."""

    extensions: frozenset[str]
    content_type: str
    magic: tuple[bytes, ...]
    is_image: bool = False
    is_zip: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = (
    FileType(frozenset({"jpg", "jpeg"}), "image/jpeg", (b"\xff\xd8\xff",), is_image=True),
    FileType(frozenset({"png"}), "image/png", (b"\x89PNG\r\n\x1a\n",), is_image=True),
    FileType(frozenset({"webp"}), "image/webp", (b"RIFF",), is_image=True),
    FileType(frozenset({"pdf"}), "application/pdf", (b"%PDF-",)),
    FileType(frozenset({"docx"}), f"{_OFFICE}wordprocessingml.document", (b"PK\x03\x04",), is_zip=True),
    FileType(frozenset({"xlsx"}), f"{_OFFICE}spreadsheetml.sheet", (b"PK\x03\x04",), is_zip=True),
    FileType(frozenset({"pptx"}), f"{_OFFICE}presentationml.presentation", (b"PK\x03\x04",), is_zip=True),
    FileType(frozenset({"txt", "csv"}), "text/plain; charset=utf-8", ()),
)
EXTENSIONS = frozenset(extension for kind in TYPES for extension in kind.extensions)
#: For the `accept` of an upload field.
ACCEPT = ",".join(f".{extension}" for extension in sorted(EXTENSIONS))
ACCEPT_PICTURES = ",".join(
    f".{extension}" for kind in TYPES if kind.is_image for extension in sorted(kind.extensions)
)
