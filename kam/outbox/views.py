"""The administrator's view of messages: states and errors, never what stands in them; and the laptop's sink."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from kam.core.asked import number_in
from kam.core.errors import BusinessError, BusyError
from kam.outbox import services, settling
from kam.outbox.models import Message, Notice
from kam.outbox.permissions import can_read_sink, can_settle_messages
from kam.outbox.selectors import counts
from kam.outbox.sink import mail_named, newest_mails
from kam.outbox.terms import MessageState
from kam.users.http import AuthedRequest, require

SHOWN = 100
NOTICES_SHOWN = 50
ACTS = {"again": settling.send_again, "settle": settling.settle_as_sent, "cancel": settling.cancel}
#: A mail brings its own styles and nothing else: no script, no form, nothing from elsewhere; its origin is nobody's.
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@require_GET
def outbox(request: AuthedRequest) -> HttpResponse:
    """Messages of one state, newest first; older ones by the key of the last."""
    require(can_settle_messages(request.user))
    state = request.GET.get("state", MessageState.DEAD.value)
    if state not in set(MessageState):
        raise Http404
    rows = Message.objects.visible_to(request.user).filter(state=state).select_related("to").order_by("-id")
    if before := number_in(request.GET.get("before")):
        rows = rows.filter(pk__lt=before)
    shown = list(rows[: SHOWN + 1])
    context = {
        "state": state,
        "counts": counts(),
        "rows": shown[:SHOWN],
        "older": shown[SHOWN - 1].pk if len(shown) > SHOWN else None,
        "can_act": state in {MessageState.DEAD, MessageState.UNSURE},
    }
    return render(request, "outbox_pages/outbox.html", context)


@require_POST
def settle(request: AuthedRequest, pk: int, act: str) -> HttpResponse:
    """Send again, settle as sent, or give up one message."""
    require(can_settle_messages(request.user))
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    state = message.state
    try:
        ACTS[act](message, by=request.user)
    except BusyError:
        raise
    except BusinessError:
        messages.error(request, _("Somebody has dealt with this message already."))
    else:
        messages.success(request, _("Done."))
    response = redirect("outbox")
    response["Location"] += f"?state={state}"
    return response


@require_GET
def sink(request: AuthedRequest) -> HttpResponse:
    """What the laptop's mail sink took; the page does not exist elsewhere."""
    _ensure_sink(request)
    return render(request, "outbox_pages/sink.html", {"mails": newest_mails(SHOWN)})


@require_GET
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # knows views of HttpRequest alone
def sink_mail(request: AuthedRequest, name: str) -> HttpResponse:
    """One mail of the sink: its HTML in a frame of its own, its plain text below."""
    _ensure_sink(request)
    mail = mail_named(name)
    if mail is None:
        raise Http404
    return render(request, "outbox_pages/sink_mail.html", {"mail": mail})


@require_GET
@csp(MAIL_POLICY)  # type: ignore[arg-type]  # knows views of HttpRequest alone
@xframe_options_sameorigin
def sink_html(request: AuthedRequest, name: str) -> HttpResponse:
    """The HTML part alone, for the frame."""
    _ensure_sink(request)
    mail = mail_named(name)
    if mail is None or not mail.html:
        raise Http404
    return HttpResponse(mail.html)


def _ensure_sink(request: AuthedRequest) -> None:
    require(can_settle_messages(request.user))
    if not can_read_sink(request.user):
        raise Http404


@require_GET
def notices(request: AuthedRequest) -> HttpResponse:
    """The bell: one's own notices, newest first whatever was written down when; older ones by the key of the last."""
    rows = Notice.objects.visible_to(request.user).order_by("-created_at", "-id")
    before = number_in(request.GET.get("before"))
    if before and (last := rows.filter(pk=before).first()):
        rows = rows.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk))
    shown = list(rows[: NOTICES_SHOWN + 1])
    older = shown[NOTICES_SHOWN - 1].pk if len(shown) > NOTICES_SHOWN else None
    context = {
        "notices": shown[:NOTICES_SHOWN],
        "older": older,
        "has_unread": any(n.read_at is None for n in shown),
    }
    return render(request, "outbox/notices.html", context)


@require_POST
def open_notice(request: AuthedRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go where it leads."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    services.mark_read(request.user, ids=[notice.pk])
    is_ours = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None) and notice.url.startswith("/")
    return redirect(notice.url if is_ours else "notices")


@require_POST
def read_notices(request: AuthedRequest) -> HttpResponse:
    """Mark all of one's notices as read."""
    services.mark_read(request.user)
    return redirect("notices")
