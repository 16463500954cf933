"""Labels of the words in terms.py, and the sentences of each flag, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.red_flags.terms import FlagKind, FlagState, Severity
from accounts.roles.terms import Seat

KIND_LABELS = {
    FlagKind.ROLE_MISSING: _("Role missing"),
    FlagKind.ROLE_ASSUMED: _("Role only assumed"),
    FlagKind.NEVER_INTERVIEWED: _("Never interviewed"),
    FlagKind.DECISION_MAKER_UNSEEN: _("Decision maker not seen"),
    FlagKind.NO_INSIDER: pgettext_lazy("red flag", "No insider"),
    FlagKind.SINGLE_THREAD: _("Single thread"),
    FlagKind.NEW_FACE: _("New face"),
    FlagKind.PERSON_CHANGED: _("Person left or changed post"),
    FlagKind.PURCHASING_POWER_CHANGED: _("Purchasing power changed"),
    FlagKind.NO_OUTLINE: _("No question outline"),
    FlagKind.NOTHING_WRITTEN: _("Nothing in writing"),
    FlagKind.NO_CONTACT: _("No contact"),
    FlagKind.KEY_PERSON_CHANGED: _("Key person changed"),
    FlagKind.ORGANISATION_CHANGED: _("Organisation changed"),
    FlagKind.DECIDERS_UNCLEAR: _("Unclear who decides finally"),
    FlagKind.COMPETITOR_CONTRACT_ENDS: _("Competitor’s contract ends"),
    FlagKind.SEVERE_COMPLAINT: _("Severe complaint"),
    FlagKind.SERVICE_PLAN_OVERDUE: _("Service plan overdue"),
    FlagKind.AGREEMENT_ENDS: _("Agreement ends"),
}
SEVERITY_LABELS = {Severity.DANGER: _("Danger"), Severity.ATTENTION: _("Attention")}
STATE_LABELS = {
    FlagState.OPEN: pgettext_lazy("red flag", "Open"),
    FlagState.ACKNOWLEDGED: _("Accepted"),
    FlagState.CLEARED: _("Cleared"),
}

SEAT_MISSING = {
    Seat.DECISION_MAKER: (
        _("Decision maker is missing"),
        _("Nobody is known who says the last word on the money."),
    ),
    Seat.TECHNICAL: (
        _("Technical gatekeeper is missing"),
        _("Nobody is known who judges drawings and quality. A veto would come without warning."),
    ),
    Seat.USER: (
        _("User is missing"),
        _("Nobody is known who will live with what is bought. Resistance would show too late."),
    ),
}
TITLES = {
    FlagKind.ROLE_ASSUMED: _("%(seat)s is only assumed: %(person)s"),
    FlagKind.NEVER_INTERVIEWED: _("%(person)s was never interviewed"),
    FlagKind.DECISION_MAKER_UNSEEN: _("Decision maker %(person)s was not seen"),
    FlagKind.NO_INSIDER: pgettext_lazy("red flag", "No insider"),
    FlagKind.SINGLE_THREAD: _("Single thread: only %(person)s"),
    FlagKind.NEW_FACE: _("New face: %(person)s"),
    FlagKind.PERSON_CHANGED: _("%(person)s has changed post"),
    FlagKind.PURCHASING_POWER_CHANGED: _("Purchasing power changed from %(old)s to %(new)s"),
    FlagKind.NO_OUTLINE: _("No question outline for today’s visit"),
    FlagKind.NOTHING_WRITTEN: _("Nothing in writing for more than %(days)s days"),
    FlagKind.NO_CONTACT: _("No contact for more than %(days)s days"),
    FlagKind.KEY_PERSON_CHANGED: _("Key person changed while %(referrals)s referrals are open"),
    FlagKind.ORGANISATION_CHANGED: _("The organisation changed: %(moved)s"),
    FlagKind.DECIDERS_UNCLEAR: _("Unclear who decides finally: %(deciders)s people"),
    FlagKind.COMPETITOR_CONTRACT_ENDS: _("Contract with %(competitor)s ends on %(ends)s"),
    FlagKind.SEVERE_COMPLAINT: _("Severe complaint %(number)s is not resolved"),
    FlagKind.SERVICE_PLAN_OVERDUE: _("Service plan for %(person)s is overdue"),
    FlagKind.AGREEMENT_ENDS: _("Agreement %(number)s ends on %(ends)s"),
}
OPPOSES_AND_UNSEEN = _("%(person)s opposes and was never interviewed")
LEFT = _("%(person)s has left")
REASONS = {
    FlagKind.ROLE_ASSUMED: _("Nobody has confirmed that this person has this role."),
    FlagKind.NEVER_INTERVIEWED: _("%(seat)s; we have never met in person."),
    FlagKind.DECISION_MAKER_UNSEEN: _("Met were only: %(seen)s."),
    FlagKind.NO_INSIDER: _("Nobody inside tells us what is going on. Candidates: %(candidates)s."),
    FlagKind.SINGLE_THREAD: _("Everything hangs on one person; nobody else there has heard from us."),
    FlagKind.NEW_FACE: _("Influence or attitude was not assessed yet."),
    FlagKind.PERSON_CHANGED: _("New post: %(new)s, before: %(old)s. The assessment is older than that."),
    FlagKind.PURCHASING_POWER_CHANGED: _("No decision maker was met since."),
    FlagKind.NO_OUTLINE: _("The visit “%(visit)s” has no questions prepared."),
    FlagKind.NOTHING_WRITTEN: _("Last letter, e-mail or message: %(last)s."),
    FlagKind.NO_CONTACT: _("Last contact: %(last)s; limit for tier %(tier)s is %(days)s days."),
    FlagKind.KEY_PERSON_CHANGED: _(
        "Before: %(old)s, now: %(new)s. Deals referred across a change are not recognised."
    ),
    FlagKind.ORGANISATION_CHANGED: _(
        "Another boss or department since; who decides may have changed with it."
    ),
    FlagKind.DECIDERS_UNCLEAR: _("Exactly one should have the last word."),
    FlagKind.COMPETITOR_CONTRACT_ENDS: _("%(line)s: now they choose anew."),
    FlagKind.SEVERE_COMPLAINT: _("The customer waits for us; promised until %(ends)s."),
    FlagKind.SERVICE_PLAN_OVERDUE: _("%(seat)s; due was %(due)s, and nothing was done since."),
    FlagKind.AGREEMENT_ENDS: _("%(title)s: nothing renews it yet."),
}
LEFT_REASON = _("Empty since then: %(seats)s.")
TODO = {
    FlagKind.ROLE_MISSING: _("Ask an insider or the office who it is, and add the person."),
    FlagKind.ROLE_ASSUMED: _("Ask somebody who knows, then confirm or change the role."),
    FlagKind.NEVER_INTERVIEWED: _("Plan a visit with this person."),
    FlagKind.DECISION_MAKER_UNSEEN: _("Let those you know introduce you, and plan a visit."),
    FlagKind.NO_INSIDER: _("Choose a candidate and cultivate; easy tasks only."),
    FlagKind.SINGLE_THREAD: _("Get to know a second person at the next visit."),
    FlagKind.NEW_FACE: _("Find out influence and attitude, and assess the person."),
    FlagKind.PERSON_CHANGED: _("Find the successor, and assess again who has which role."),
    FlagKind.PURCHASING_POWER_CHANGED: _("See the decision maker and go over plan and offer."),
    FlagKind.NO_OUTLINE: _("Prepare the questions before you leave."),
    FlagKind.NOTHING_WRITTEN: _("Send a summary, a message or a letter."),
    FlagKind.NO_CONTACT: _("Call today, or plan a visit."),
    FlagKind.KEY_PERSON_CHANGED: _("Speak with your manager before the next signing."),
    FlagKind.ORGANISATION_CHANGED: _("Ask an insider what it means, and draw the decision flow anew."),
    FlagKind.DECIDERS_UNCLEAR: _("Find out who has the last word, and draw it in the decision flow."),
    FlagKind.COMPETITOR_CONTRACT_ENDS: _("Bring an offer before they sign again."),
    FlagKind.SEVERE_COMPLAINT: _("Agree a solution with the customer today, and say what was done."),
    FlagKind.SERVICE_PLAN_OVERDUE: _("Do what is planned, or revise the plan with a reason."),
    FlagKind.AGREEMENT_ENDS: _("Talk about renewing it, and record what is signed."),
}
CLEARED_WHY = _("no longer so on %(on)s")
