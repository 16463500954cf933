"""Whether bytes are what their name says (R-32). No Django here."""

import io
import unicodedata
import zipfile
from pathlib import PurePosixPath

from kam.files.terms import MAX_BYTES, MAX_ENTRIES, MAX_UNPACKED, TYPES, FileType, Refusal

#: The part every document of this kind holds.
_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def clean_name(name: str) -> str:
    """Return the file's own name: no folders, no control characters, at most 120 characters, its extension kept."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    bare = "".join(c for c in unicodedata.normalize("NFC", bare) if unicodedata.category(c)[0] != "C").strip(
        " ."
    )
    stem, dot, extension = bare.rpartition(".")
    return f"{stem[:110]}{dot}{extension[:9]}" if dot else bare[:120]


def type_of(name: str, data: bytes) -> FileType | None:
    """Return the type that both the extension and the content name; None for anything else."""
    extension = name.rpartition(".")[2].lower()
    kind = next((kind for kind in TYPES if extension in kind.extensions), None)
    if kind is None:
        return None
    if kind.magic:
        if not data.startswith(kind.magic) or (extension == "webp" and data[8:12] != b"WEBP"):
            return None
        return kind if not kind.is_zip or _is_document(extension, data) else None
    return kind if _is_text(data) else None


def refusal_of(name: str, data: bytes, *, size: int, pictures: bool = False) -> Refusal | None:
    """Return why this file is not taken, None where it is; `pictures`: nothing else than pictures."""
    if size > MAX_BYTES:
        return Refusal.TOO_BIG
    kind = type_of(name, data) if data else None
    if pictures and (kind is None or not kind.is_image):
        return Refusal.NO_PICTURE
    return Refusal.TYPE if kind is None else None


def _is_document(extension: str, data: bytes) -> bool:
    """Say whether the archive is a document of this kind, without macros, and unpacks to a sensible size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError):
        return False
    names = {entry.filename for entry in entries}
    is_small = len(entries) <= MAX_ENTRIES and sum(entry.file_size for entry in entries) <= MAX_UNPACKED
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return is_small and not has_macros and _PARTS[extension] in names


def _is_text(data: bytes) -> bool:
    if b"\0" in data:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
