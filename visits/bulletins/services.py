"""Publishing a policy bulletin and acknowledging it."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import User
from visits.bulletins.models import Acknowledgement, Bulletin


@transaction.atomic
def publish_bulletin(title: str, *, text: str, in_force_from: date, by: User) -> Bulletin:
    """Publish a bulletin; everybody finds it on Today until they acknowledge it."""
    bulletin = Bulletin.objects.create(
        title=title, text=text, in_force_from=in_force_from, written_by=by, published_at=timezone.now()
    )
    record("visits.bulletin.published", bulletin, by=by, changes={"in_force_from": (None, in_force_from)})
    return bulletin


@transaction.atomic
def withdraw_bulletin(bulletin: Bulletin, *, by: User, reason: str) -> Bulletin:
    """Take a bulletin back; it stays readable in the list, nobody is asked to read it any more."""
    row = locked(Bulletin.objects.filter(pk=bulletin.pk)).get()
    if not reason.strip():
        raise BusinessError(_("Give the reason."), code="reason", field="reason")
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.version += 1
        row.save(update_fields=["withdrawn_at", "version"])
        record("visits.bulletin.withdrawn", row, by=by, reason=reason)
    return row


@transaction.atomic
def acknowledge_bulletin(bulletin: Bulletin, *, by: User) -> Acknowledgement:
    """Note that a person has read it; a second time changes nothing."""
    row, made = Acknowledgement.objects.get_or_create(
        bulletin=bulletin, user=by, defaults={"at": timezone.now()}
    )
    if made:
        record("visits.bulletin.acknowledged", bulletin, by=by)
    return row
