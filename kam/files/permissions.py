"""Whether a person may read or remove a file: asked on every request, of the room that owns the record."""

from kam.files.models import Attachment
from kam.files.registry import owner_of
from kam.users.models import User


def can_read_file(user: User, attachment: Attachment) -> bool:
    owner = owner_of(attachment.owner_kind)
    return owner is not None and attachment.removed_at is None and owner.may_read(user, attachment.owner_id)


def can_add_file(user: User, owner_kind: str, owner_id: str) -> bool:
    owner = owner_of(owner_kind)
    return owner is not None and owner.may_add(user, owner_id)


def can_remove_file(user: User, attachment: Attachment) -> bool:
    """Whoever may add may remove what they added themselves; the bytes stay for the audit."""
    return attachment.by_id == user.pk and can_add_file(user, attachment.owner_kind, attachment.owner_id)
