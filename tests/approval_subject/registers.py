"""The registration: everything a new subject needs, without a line changed under kam/approvals."""

import contextlib
import threading
from decimal import Decimal

from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts

#: A race test puts a barrier here; it is waited for inside the critical section of a decision.
inside: list[threading.Barrier] = []


def snapshot(wish):
    items = list(wish.items.order_by("pk"))
    return {
        "title": wish.title,
        "amount": sum((item.price for item in items), Decimal(0)),
        "why": "because",
        "lines": [[item.name, item.price] for item in items],
    }


def facts(wish):
    return Facts(amount=snapshot(wish)["amount"])


def effect(word):
    def run(wish, by):
        for barrier in inside:
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(timeout=1)
        wish.state = word
        wish.log = [*wish.log, f"{word} by {by.staff_number}"]
        wish.save()

    return run


SUBJECT = register(
    Subject(
        key="wish",
        model="approval_subject.Wish",
        label="Wish",
        snapshot=snapshot,
        facts=facts,
        requester=lambda wish: wish.owner,
        beneficiary=lambda wish: wish.receiver,
        material=("amount", "lines"),
        bulk=True,
        on_approved=effect("approved"),
        on_returned=effect("returned"),
        on_rejected=effect("rejected"),
        on_withdrawn=effect("withdrawn"),
        on_voided=effect("voided"),
    )
)
