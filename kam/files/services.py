"""Attaching a file: checked by name and content, pictures drawn anew, stored outside the web root (R-32)."""

import hashlib
import io
import secrets
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from kam.audit import services as audit
from kam.core.errors import BusinessError
from kam.core.locks import hold_name
from kam.files.labels import REFUSALS
from kam.files.models import Attachment
from kam.files.rules import clean_name, refusal_of, type_of
from kam.files.terms import MAX_BYTES, MAX_PER_RECORD, MAX_PIXELS, FileType, Refusal
from kam.users.models import User

ADDED = "files.attachment.added"
REMOVED = "files.attachment.removed"
_LONGEST_SIDE = 2560
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


@transaction.atomic
def attach(owner_kind: str, owner_id: object, upload: "UploadedFile[Any]", *, by: User) -> Attachment:
    """Attach an uploaded file to a record; the caller has asked `can_add_file`. Refuses what is not what its name says."""
    name = clean_name(upload.name or "")
    size = upload.size or 0
    data = upload.read(MAX_BYTES + 1)
    kind = type_of(name, data)
    refusal = refusal_of(name, data, size=max(size, len(data)))
    if refusal is not None or kind is None:
        raise BusinessError(REFUSALS[refusal or Refusal.TYPE], code=refusal or Refusal.TYPE, field="file")
    if kind.is_image:
        data = _drawn_anew(data, kind)
    _require_room(owner_kind, owner_id)
    row = Attachment.objects.create(
        owner_kind=owner_kind,
        owner_id=str(owner_id),
        name=name,
        content_type=kind.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        key=_store(data),
        by=by,
    )
    audit.record(
        ADDED, row, by=by, changes={"owner": (None, f"{owner_kind}:{owner_id}"), "size": (None, row.size)}
    )
    return row


@transaction.atomic
def remove(attachment: Attachment, *, by: User) -> None:
    """Take a file off its record. The bytes stay until the record's retention ends; nobody can open them."""
    if not Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=timezone.now()):
        return
    audit.record(REMOVED, attachment, by=by)


@transaction.atomic
def restore(attachment: Attachment, *, by: User) -> None:
    """Undo `remove`; refused where other files took the place meanwhile."""
    _require_room(attachment.owner_kind, attachment.owner_id)
    if Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=False).update(removed_at=None):
        audit.record(ADDED, attachment, by=by, changes={"restored": (False, True)})


def _require_room(owner_kind: str, owner_id: object) -> None:
    """Refuse one file too many; two at the same moment count one after the other."""
    hold_name(f"files:{owner_kind}:{owner_id}")
    if Attachment.objects.of(owner_kind, owner_id).count() >= MAX_PER_RECORD:
        raise BusinessError(_("A record holds up to 20 files."), code="too_many", field="file")


def open_file(attachment: Attachment) -> IO[bytes]:
    """Return the open bytes; raises FileNotFoundError when the store lost them."""
    return default_storage.open(attachment.key)


def _store(data: bytes) -> str:
    key = secrets.token_hex(20)
    return default_storage.save(f"files/{key[:2]}/{key}", ContentFile(data))


def _drawn_anew(data: bytes, kind: FileType) -> bytes:
    """Decode and encode a picture: what hid beside the pixels (place, camera, code) is gone, the right way up stays."""
    refusal = BusinessError(_("This picture cannot be read."), code="picture", field="file")
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[kind.content_type]]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise BusinessError(_("This picture is too large."), code="pixels", field="file")
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            out = io.BytesIO()
            mode = "RGB" if kind.content_type == "image/jpeg" else "RGBA"
            upright.convert(mode).save(out, _FORMATS[kind.content_type], quality=85)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, SyntaxError) as error:
        raise refusal from error
    return out.getvalue()
