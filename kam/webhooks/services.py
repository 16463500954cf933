"""Addresses are made and stopped; what happened is collected from the audit, told, tried again, and forgotten."""

import json
import logging
import random
import secrets
import time
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kam.audit.models import AuditLink
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import hold_name, locked
from kam.core.queue import enqueue
from kam.core.sentences import sentence
from kam.core.transitions import ensure_transition
from kam.outbox.rules import pause_after
from kam.outbox.services import notify
from kam.people.rules import fernet_key
from kam.users.models import User
from kam.users.terms import Position
from kam.webhooks import channel
from kam.webhooks.models import Delivery, Endpoint
from kam.webhooks.registry import all_events
from kam.webhooks.rules import AddressFault, is_taken, seal_key, signature, target_of
from kam.webhooks.terms import (
    CHUNK,
    DELIVERY_TRANSITIONS,
    KEEP_DAYS,
    MAX_ATTEMPTS,
    MOST_ENDPOINTS,
    PING,
    RUN_SECONDS,
    SIGNATURE_HEADER,
    TAKEN_MINUTES,
    DeliveryState,
)

log = logging.getLogger(__name__)

FAULTS = {
    AddressFault.SHAPE: gettext_noop("This is no address: https://name/path."),
    AddressFault.PLAIN: gettext_noop("The address must begin with https://."),
    AddressFault.PERSON: gettext_noop("Leave the name and the password out of the address."),
}


@transaction.atomic
def make_endpoint(name: str, url: str, acts: Collection[str], *, by: User) -> tuple[Endpoint, str]:
    """Return the address and the secret that signs what it is told, which is never shown again. It is told of what happens from now on."""
    hold_name("webhooks:endpoints")
    target = target_of(url, may_be_plain=settings.LAPTOP)
    if isinstance(target, AddressFault):
        raise BusinessError(_(FAULTS[target]), code="address", field="url")
    if not acts or set(acts) - all_events().keys():
        raise BusinessError(_("Choose what it is told of."), code="acts", field="acts")
    if Endpoint.objects.running().count() >= MOST_ENDPOINTS:
        raise BusinessError(_("Ten webhooks are enough: stop one first."), code="many")
    secret = secrets.token_urlsafe(32)
    row = Endpoint.objects.create(
        name=name,
        url=url,
        acts=sorted(acts),
        sealed_secret=_box().encrypt(secret.encode()).decode(),
        tail=secret[-4:],
        made_by=by,
        seen=AuditLink.objects.aggregate(last=Max("seq"))["last"] or 0,
    )
    record(
        "webhooks.endpoint.made",
        row,
        by=by,
        changes={"url": (None, url), "acts": (None, ", ".join(row.acts))},
    )
    return row, secret


@transaction.atomic
def stop_endpoint(endpoint: Endpoint, *, by: User) -> None:
    """It is told nothing any more; what still waits is given up."""
    row = locked(Endpoint.objects.filter(pk=endpoint.pk)).get()
    if row.stopped_at is not None:
        return
    row.stopped_at = timezone.now()
    row.save(update_fields=["stopped_at"])
    row.deliveries.filter(state=DeliveryState.PLANNED).update(state=DeliveryState.DEAD, last_error="stopped")
    record("webhooks.endpoint.stopped", row, by=by)


@transaction.atomic
def try_endpoint(endpoint: Endpoint, *, by: User) -> Delivery:
    """Send an event in which nothing happened, so that the other side can be tried."""
    row = locked(Endpoint.objects.running().filter(pk=endpoint.pk)).first()
    if row is None:
        raise ConflictError(_("This webhook was stopped."))
    now = timezone.now()
    made = Delivery.objects.create(endpoint=row, link=0, act=PING, at=now, next_at=now)
    record("webhooks.endpoint.tried", row, by=by)
    enqueue("webhooks.tell")
    return made


@transaction.atomic
def send_again(delivery: Delivery, *, by: User) -> None:
    """Try an event again that was given up."""
    row = locked(Delivery.objects.select_related("endpoint").filter(pk=delivery.pk)).get()
    if row.endpoint.stopped_at is not None:
        raise ConflictError(_("This webhook was stopped."))
    ensure_transition(DeliveryState(row.state), DeliveryState.PLANNED, DELIVERY_TRANSITIONS)
    row.state, row.attempts, row.next_at = DeliveryState.PLANNED, 0, timezone.now()
    row.save(update_fields=["state", "attempts", "next_at"])
    record("webhooks.delivery.again", row.endpoint, by=by)
    enqueue("webhooks.tell")


def tell_all() -> str:
    """Collect what happened and tell it; the work of every minute."""
    collected = sum(collect(pk) for pk in Endpoint.objects.running().values_list("pk", flat=True))
    told = tell_due()
    return (
        sentence(gettext_noop("%(new)s new events, %(told)s taken"), new=collected, told=told)
        if collected or told
        else ""
    )


@transaction.atomic
def collect(endpoint_id: int) -> int:
    """Plan the chosen events since the last look, at most a chunk; return how many. The chain of the audit loses none and has no gaps."""
    endpoint = locked(Endpoint.objects.running().filter(pk=endpoint_id)).first()
    if endpoint is None:
        return 0
    last = AuditLink.objects.aggregate(last=Max("seq"))["last"] or 0
    if last <= endpoint.seen:
        return 0
    links = AuditLink.objects.filter(seq__gt=endpoint.seen, seq__lte=last, entry__act__in=endpoint.acts)
    told = list(links.select_related("entry").order_by("seq")[:CHUNK])
    now = timezone.now()
    rows = [
        Delivery(
            endpoint=endpoint,
            link=link.seq,
            act=link.entry.act,
            object_type=link.entry.object_type,
            object_id=link.entry.object_id,
            at=link.entry.at,
            next_at=now,
        )
        for link in told
    ]
    Delivery.objects.bulk_create(rows)
    endpoint.seen = last if len(told) < CHUNK else told[-1].seq
    endpoint.save(update_fields=["seen"])
    return len(rows)


def tell_due(now: datetime | None = None) -> int:
    """Send what is due, each event outside of any transaction; return how many were taken."""
    taken, until = 0, time.monotonic() + RUN_SECONDS
    while time.monotonic() < until:
        delivery = _claim(now or timezone.now())
        if delivery is None:
            break
        taken += _tell(delivery)
    return taken


@transaction.atomic
def _claim(now: datetime) -> Delivery | None:
    """Take one event: another worker gets it only if this one dies."""
    due = Delivery.objects.filter(state=DeliveryState.PLANNED, next_at__lte=now, endpoint__stopped_at=None)
    row = locked(due.select_related("endpoint").order_by("next_at", "pk"), skip_locked=True).first()
    if row is not None:
        row.attempts += 1
        row.next_at = now + timedelta(minutes=TAKEN_MINUTES)
        row.save(update_fields=["attempts", "next_at"])
    return row


def _tell(delivery: Delivery) -> bool:
    """Send one event and write what became of it."""
    error = ""
    try:
        status = _post(delivery)
    except (channel.NotTakenError, InvalidToken) as trouble:
        error = str(trouble) or type(trouble).__name__
    except Exception as trouble:  # an address that breaks in a new way must not stop the others
        log.exception("event %s cannot be told", delivery.pk)
        error = f"{type(trouble).__name__}: {trouble}"
    else:
        error = "" if is_taken(status) else f"answered {status}"
    _settle(delivery, error)
    return not error


def _post(delivery: Delivery) -> int:
    body = json.dumps(content_of(delivery), ensure_ascii=False, separators=(",", ":")).encode()
    secret = _box().decrypt(delivery.endpoint.sealed_secret.encode()).decode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "KAM-webhook/1",
        SIGNATURE_HEADER: signature(secret, int(timezone.now().timestamp()), body),
    }
    return channel.send(delivery.endpoint.url, body, headers)


def content_of(delivery: Delivery) -> dict[str, Any]:
    """Return what is sent: numbers only. Whoever wants to know more asks the API, which shows no more than the token's owner may see."""
    return {
        "id": str(delivery.pk),
        "event": delivery.act,
        "at": delivery.at.isoformat(),
        "object": {"type": delivery.object_type, "id": delivery.object_id},
    }


@transaction.atomic
def _settle(delivery: Delivery, error: str) -> None:
    row = locked(Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.PLANNED)).first()
    if row is None:  # stopped meanwhile
        return
    now = timezone.now()
    row.last_error = error[:300]
    if not error:
        row.state, row.sent_at = DeliveryState.SENT, now
    elif row.attempts >= MAX_ATTEMPTS:
        row.state = DeliveryState.DEAD
        _tell_administrators(delivery.endpoint)
    else:
        row.next_at = now + pause_after(row.attempts, random.random())  # noqa: S311 -- jitter, no secret
    row.save(update_fields=["state", "sent_at", "next_at", "last_error"])


def _tell_administrators(endpoint: Endpoint) -> None:
    """Once a day, to each in their language: this address takes nothing."""
    today = business_date()
    for person in User.objects.working().filter(position=Position.ADMINISTRATOR):
        with translation.override(person.language):
            text = _("Webhook %(name)s takes no events.") % {"name": endpoint.name}
        notify(
            key=f"webhook:{endpoint.pk}:{today}:{person.pk}",
            to=person,
            kind="webhooks.dead",
            text=text,
            url="/ops/webhooks/",
        )


def forget_old() -> str:
    """Forget what was told long ago."""
    old = timezone.now() - timedelta(days=KEEP_DAYS)
    count, _kinds = Delivery.objects.filter(created_at__lt=old).exclude(state=DeliveryState.PLANNED).delete()
    return sentence(gettext_noop("%(n)s events"), n=count)


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(fernet_key(seal_key(key))) for key in keys])
