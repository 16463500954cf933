"""What the engine tells people: a line under the bell and a mail to who decides next and to who asked.

Mails carry the kind of request, who asked and a one-time link; no amount, phone or document number (12-decisions, 28), so not
what a decider typed either: they say that something was said, the bell and the page say what.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kam.approvals.models import Decision, MailLink, Request, Stage
from kam.approvals.registry import all_subjects
from kam.outbox import services as outbox
from kam.outbox.terms import NOTICE_LENGTH
from kam.users.models import User

LINK_SALT = "kam.approvals.link"
#: So much of what was said stands under the bell; the page has all of it.
SAID_UNDER_BELL = 200


def tell_deciders(request: Request, stage: Stage, people: Iterable[User]) -> None:
    """Tell each of `people` once that a stage waits for them."""
    for person in people:
        with translation.override(person.language):
            _send(
                f"approval:{stage.pk}:{person.pk}",
                person,
                request,
                kind="approval.waiting",
                subject=_("%(subject)s from %(name)s waits for your decision") % _words(request),
            )


def tell_requester(request: Request, *, event: str, about: int, reason: str = "") -> None:
    """Tell the requester what was decided and what the decider said; `about` (a decision's or a round's id) makes it unique."""
    person = request.requester
    with translation.override(person.language):
        words = _words(request)
        subjects = {
            "approved": _("%(subject)s: approved") % words,
            "returned": _("%(subject)s: returned for changes") % words,
            "rejected": _("%(subject)s: rejected") % words,
            "voided": _("%(subject)s: the approval is void") % words,
        }
        _send(
            f"approval:{request.pk}:{event}:{about}",
            person,
            request,
            kind=f"approval.{event}",
            subject=subjects[event],
            said=reason,
        )


def tell_of_remark(request: Request, decision: Decision) -> None:
    """Tell the requester, under the bell, what somebody said who approved while later steps still wait."""
    person = request.requester
    with translation.override(person.language):
        words = _words(request) | {"decider": decision.person.name}
        outbox.notify(
            key=f"approval:{request.pk}:remark:{decision.pk}",
            to=person,
            kind="approval.remark",
            text=_line(
                _("%(subject)s: %(decider)s approved with a remark") % words, request, decision.reason
            ),
            url=reverse("approvals:detail", args=[request.pk]),
        )


def tell_of_escalation(request: Request, stage: Stage, *, passed_up: bool) -> None:
    """Tell the requester, and those who let it wait, that a stage waited too long."""
    seated = [seat.user for seat in stage.seats.filter(ended_at__isnull=True).select_related("user")]
    for person in [request.requester, *seated]:
        with translation.override(person.language):
            words = _words(request)
            text = (
                _("%(subject)s from %(name)s waited too long and was passed up")
                if passed_up
                else _("%(subject)s from %(name)s waits too long for a decision")
            )
            outbox.notify(
                key=f"approval:{stage.pk}:escalated:{person.pk}",
                to=person,
                kind="approval.escalated",
                text=text % words,
                url=reverse("approvals:detail", args=[request.pk]),
            )


def link_of(token: str, person: User, *, max_age_days: int) -> MailLink | None:
    """Return the link a token stands for; None when it is forged, too old, or was sent to somebody else."""
    try:
        link_id = int(signing.loads(token, salt=LINK_SALT, max_age=max_age_days * 86400))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return MailLink.objects.filter(pk=link_id, user=person).first()


def use_link(link: MailLink) -> bool:
    """Mark a link as used; False when it was used before."""
    unused = MailLink.objects.filter(pk=link.pk, used_at__isnull=True)
    return bool(unused.update(used_at=timezone.now()))


def _words(request: Request) -> dict[str, Any]:
    subject = all_subjects().get(request.subject_key)
    label = subject.label if subject else request.subject_key
    return {"subject": label, "name": request.requester.name}


def _line(subject: str, request: Request, said: str) -> str:
    """Return the line under the bell: what happened, to what, and in quotes how what was said about it begins."""
    line = f"{subject} · {request.label}"
    if not said:
        return line
    quotes = _("“%(words)s”")
    room = min(NOTICE_LENGTH - len(f"{line} · {quotes % {'words': ''}}"), SAID_UNDER_BELL)
    words = Truncator(" ".join(said.split())).chars(max(room, 1))
    return f"{line} · {quotes % {'words': words}}"


def _send(key: str, person: User, request: Request, *, kind: str, subject: str, said: str = "") -> None:
    page = reverse("approvals:detail", args=[request.pk])
    notice = outbox.notify(key=key, to=person, kind=kind, text=_line(subject, request, said), url=page)
    if notice is None or not person.email or not person.is_active:
        return
    link = MailLink.objects.create(request=request, user=person)
    token = signing.dumps(link.pk, salt=LINK_SALT)
    context = {
        "person": person,
        "subject": subject,
        "is_said": bool(said),
        "url": settings.BASE_URL + reverse("approvals:link", args=[token]),
    }
    outbox.post(
        key=key,
        to=person,
        kind=kind,
        subject=subject,
        text=render_to_string("outbox/approval.txt", context),
        html=render_to_string("outbox/approval.html", context),
        resend_when_unsure=True,
    )
