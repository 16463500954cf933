"""Periodic work of the digests, and the sections of the ground floor."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from kam.calendar.selectors import year_without_days
from kam.core.clock import business_date
from kam.core.frame import register_menu
from kam.core.sentences import sentence
from kam.core.setup import SetupStep, register_setup
from kam.demo.registry import register_part
from kam.jobs.registry import periodic
from kam.ops.registry import Check, register_check
from kam.outbox.attachments import register_maker
from kam.today import checks, sections, setup, tour, watchers
from kam.today.demo import play_digests, play_quiet
from kam.today.documents import digest_pdf
from kam.today.mail import PDF_SOURCE
from kam.today.permissions import may_have_digests
from kam.today.registry import Section, register_section
from kam.today.services import make_due, mark_missed
from kam.today.team import LEADERS
from kam.today.terms import Exit, Place
from kam.users.terms import Position


def _make() -> str:
    made = sum(len(one.ids) for one in make_due())
    return sentence(gettext_noop("%(n)s digests made"), n=made) if made else ""


periodic(
    "today.digests",
    every=timedelta(minutes=1),
    run=_make,
    label=_("Make the digests that are due"),
    may_overlap=True,
)
periodic(
    "today.missed", every=timedelta(minutes=15), run=mark_missed, label=_("Note digests that were missed")
)
register_maker(PDF_SOURCE, digest_pdf)
register_check(Check("calendar", _("Working days"), checks.calendar, critical=False))
register_check(Check("messages", _("Messages that need a person"), checks.messages, critical=False))
register_menu("digests", _("My digests"), "sunrise", "/digests/", visible=may_have_digests)
register_menu("tour", _("How KAM works"), "bulb", "/help/")
register_menu("jobs", _("Jobs"), "progress", "/jobs/")
register_part(91, "digests", play_digests)
register_part(99, "quiet", play_quiet)

register_section(
    Section(
        key="standing-in",
        label=_("You stand in"),
        order=20,
        slots=(Exit.TODAY, Exit.PLAN, Exit.FOLLOWUP),
        place=Place.BANNER,
        collect=sections.collect_standing_in,
        template="today/sections/standing_in.html",
        digest_template="today/sections/standing_in_digest.html",
        text=sections.text_of_standing_in,
    )
)
register_section(
    Section(
        key="approvals",
        label=_("Waiting for your decision"),
        order=300,
        slots=(Exit.TODAY, Exit.PLAN, Exit.FOLLOWUP),
        place=Place.SIDE,
        collect=sections.collect_approvals,
        wants=sections.seats_wanted,
        template="today/sections/approvals.html",
        digest_template="today/sections/approvals_digest.html",
        text=sections.text_of_approvals,
        summary=sections.approvals_in_words,
    )
)
register_section(
    Section(
        key="tasks",
        label=_("Due follow-ups"),
        order=200,
        slots=(Exit.TODAY, Exit.PLAN),
        place=Place.SIDE,
        collect=sections.collect_tasks,
        asks=(sections.TASKS_DUE,),
        template="today/sections/tasks.html",
        digest_template="today/sections/tasks_digest.html",
        text=sections.text_of_tasks,
        summary=sections.tasks_in_words,
    )
)
for exit_ in Exit:
    register_section(
        Section(
            key=f"owed-{exit_}",
            label=_("Still missing from you"),
            order=40,
            slots=(exit_,),
            place=Place.SIDE,
            collect=sections.owed_at[exit_],
            wants=sections.owed_wants_at[exit_],
            template="today/sections/owed.html",
            text=sections.text_of_owed,
        )
    )
    register_section(
        Section(
            key=f"team-{exit_}",
            label=_("Your people"),
            order=60,
            slots=(exit_,),
            positions=LEADERS,
            collect=sections.team_at[exit_],
            wants=sections.team_wants_at[exit_],
            template="today/sections/team.html",
            text=sections.text_of_team,
            summary=sections.team_in_words,
        )
    )
register_setup(
    SetupStep(
        key="days",
        label=_("Enter the holidays and worked weekends"),
        why=_("Plans, deadlines and digests follow them; the director and the marketing director confirm."),
        url="/admin/approvals/rulechange/add/?kind=workdays",
        order=40,
        is_done=lambda: year_without_days(business_date()) is None,
    )
)
register_section(
    Section(
        key="tour",
        label=_("New here?"),
        order=15,
        slots=(Exit.TODAY,),
        place=Place.BANNER,
        collect=tour.collect_tour,
        template="today/sections/tour.html",
        text=tour.text_of_tour,
        mailed=False,
    )
)
register_section(
    Section(
        key="setup",
        label=_("Set up the department"),
        order=10,
        slots=(Exit.TODAY,),
        positions=(Position.ADMINISTRATOR,),
        collect=setup.collect_setup,
        template="today/sections/setup.html",
        text=setup.text_of_setup,
        summary=setup.setup_in_words,
    )
)
register_section(
    Section(
        key="machinery",
        label=_("Messages and digests"),
        order=80,
        slots=(Exit.TODAY,),
        positions=(Position.ADMINISTRATOR,),
        collect=sections.collect_machinery,
        template="today/sections/machinery.html",
        text=sections.text_of_machinery,
    )
)
for position, empty in (
    (Position.FINANCE, _("No payment is due.")),
    (Position.CLERK, _("No material, briefing or return is due.")),
):
    register_section(
        Section(
            key=f"dues-{position}",
            label=pgettext_lazy("section", "Due"),
            order=45,
            slots=(Exit.TODAY, Exit.PLAN, Exit.FOLLOWUP),
            positions=(position,),
            collect=watchers.dues_of[position],
            wants=watchers.dues_wanted_of[position],
            template="today/sections/dues.html",
            text=watchers.text_of_dues,
            empty=empty,
            says_nothing_due=True,
        )
    )
register_section(
    Section(
        key="audit-head",
        label=_("Head of the audit chain"),
        order=900,
        slots=(Exit.FOLLOWUP,),
        positions=(Position.DIRECTOR,),
        place=Place.SIDE,
        collect=watchers.collect_head,
        template="today/sections/audit_head.html",
        text=watchers.text_of_head,
    )
)
