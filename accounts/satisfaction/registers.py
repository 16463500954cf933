"""What satisfaction gives to the frames: acts, the setting, the links of mails, tab, timeline, complaints' follow-ups, the report."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.complaints.models import Complaint
from accounts.complaints.registry import (
    FollowUp,
    Part,
    register_complaint_action,
    register_evaluation,
    register_follow_ups,
)
from accounts.satisfaction.demo import play_surveys
from accounts.satisfaction.labels import STATE_LABELS, STATE_TONES
from accounts.satisfaction.letters import SOURCE
from accounts.satisfaction.links import address_by_id
from accounts.satisfaction.models import Invitation, Response
from accounts.satisfaction.permissions import can_ask, can_read_surveys
from accounts.satisfaction.selectors import figures_of, responses_of
from accounts.satisfaction.services import LOW_SCORE
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, TimelineEntry, register_panel, register_timeline
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.periods import Period
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.outbox.links import register_link_maker
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.users.models import User

register_act("accounts.questionnaire.written", _("Questionnaire written"))
register_act("accounts.survey.opened", _("Survey round opened"))
register_act("accounts.survey.asked", _("Person asked for their opinion"))
register_act("accounts.survey.renewed", _("Link of a survey renewed"))
register_act("accounts.survey.withdrawn", _("Invitation to a survey withdrawn"))
register_act("accounts.survey.answered", _("Survey answered"))

define(
    LOW_SCORE,
    Decimal("3.00"),
    label=_("Score at or below which somebody must call"),
    unit=_("of 5"),
    group=_("Complaints and service"),
)
register_link(SOURCE, lambda pk: f"/satisfaction/{int(pk)}/")
register_link_maker(SOURCE, address_by_id)
register_part(84, "surveys", play_surveys)
register_history(
    "accounts.invitation",
    Invitation,
    load=visible_row(Invitation.objects.select_related("unit", "person")),
    parts=lambda row: [row.response] if hasattr(row, "response") else [],
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    rows = Invitation.objects.filter(unit=unit).select_related("round", "person", "response")[:50]
    return {
        "invitations": [(row, STATE_TONES[row.state], STATE_LABELS[row.state]) for row in rows],
        "trend": responses_of(unit)[-12:],
        "can_ask": can_ask(user, unit),
    }


register_panel(Panel("satisfaction", _("Satisfaction"), 26, "accounts/satisfaction/_tab.html", _tab))


def _timeline(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    rows = Response.objects.filter(invitation__unit=unit, created_at__lt=before).select_related(
        "invitation__round", "invitation__person", "by"
    )
    return [
        TimelineEntry(
            at=row.created_at,
            kind="satisfaction",
            title=row.invitation.round.title,
            text=_words(row),
            who=row.invitation.person.name if row.invitation.person else "",
            url=row.invitation.get_absolute_url(),
            tone="danger" if row.is_low else "good",
            icon="mood-sad" if row.is_low else "mood-smile",
        )
        for row in rows.order_by("-created_at")[:limit]
    ]


def _words(row: Response) -> str:
    score = "–" if row.score is None else str(row.score)
    recommends = "–" if row.recommends is None else str(row.recommends)
    return gettext("score %(score)s of 5, recommends us: %(recommends)s of 10") % {
        "score": score,
        "recommends": recommends,
    }


register_timeline("satisfaction", _("Satisfaction"), _timeline)


def _follow_ups(complaint: Complaint, user: User) -> Sequence[FollowUp]:
    rows = Invitation.objects.visible_to(user).filter(
        source_kind="accounts.complaint", source_id=str(complaint.pk)
    )
    return [
        FollowUp(
            f"{row.round.title} · {STATE_LABELS[row.state]}", row.get_absolute_url(), STATE_TONES[row.state]
        )
        for row in rows.select_related("round", "response")
    ]


def _action(complaint: Complaint, user: User) -> tuple[Any, str] | None:
    if complaint.resolved_on is None or not can_ask(user, complaint.unit):
        return None
    return _(
        "Ask how satisfied they are"
    ), f"/accounts/{complaint.unit_id}/satisfaction/ask/?complaint={complaint.pk}"


register_follow_ups(_follow_ups)
register_complaint_action(_action)


def _evaluation(unit: KeyAccount, period: Period) -> Part:
    count, score, nps = figures_of(unit, period)
    return _("Satisfaction"), [
        (_("Answers"), str(count)),
        (_("Mean score of 5"), "–" if score is None else str(score)),
        (_("Net promoter score"), "–" if nps is None else str(nps)),
    ]


register_evaluation(30, _evaluation)
register_page(
    "accounts.surveys",
    _("Satisfaction"),
    "/satisfaction/",
    icon="mood-smile",
    words="满意度 问卷",
    visible=can_read_surveys,
    order=15,
)
