"""What is said about phases, steps and their conditions: written by us, in the reader's language (S-064, S-066)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.development.terms import Check, GoalState, PlanState
from accounts.units.terms import Phase

CHECK_LABELS = {
    Check.OWNED: _("Somebody owns the unit"),
    Check.QUALIFIES: _("Qualifies as a key account"),
    Check.DIRECTION: _("Goal and direction written"),
    Check.VISITED: _("Visited in person"),
    Check.RIVALS: _("Competitor looked for"),
    Check.SWOT: _("SWOT written"),
    Check.SEATS: _("Three roles filled"),
    Check.DECIDER: _("Decision maker met"),
    Check.NEED: _("A need clarified"),
    Check.CONFIRMED: _("Three roles filled and confirmed"),
    Check.INTERVIEWED: _("Every buyer interviewed"),
    Check.FLOW: _("Decision flow drawn"),
    Check.SOLUTION: _("Solution or proposal presented"),
    Check.ORDER: _("Commitment or trial order"),
    Check.COMPLAINT: _("A complaint is open"),
    Check.SIGNED: _("First contract signed"),
    Check.SETTLED: _("No complaint open"),
    Check.SURVEYED: _("Satisfaction asked"),
    Check.KEY_PERSON: _("Key person designated"),
    Check.ORGANISATION: _("Organisation chart drawn"),
    Check.PRODUCTS: _("Product chart filled in"),
    Check.RELATIONS: _("Relations known"),
    Check.PLANNED: _("Service plan for each role"),
    Check.REVIEWED: _("Reviewed within a month"),
    Check.LOOKED_AFTER: _("After-sales work begun"),
    Check.REPORTED: _("Cooperation evaluated in a report"),
    Check.NEXT_NEED: _("Next need found"),
}
#: What is said where a check is met; the words are those that its rule names.
FOUND = {
    Check.OWNED: "%(name)s",
    Check.QUALIFIES: _("criteria that hold: %(n)s"),
    Check.DIRECTION: "%(text)s",
    Check.VISITED: _("visits held: %(n)s, the last on %(on)s"),
    Check.RIVALS: _("product lines whose supplier is known: %(n)s; competitors: %(names)s"),
    Check.SWOT: _("lines written: %(n)s"),
    Check.SEATS: "%(names)s",
    Check.DECIDER: _("%(name)s, first on %(on)s"),
    Check.NEED: _("needs talked through: %(n)s"),
    Check.CONFIRMED: _("all of them"),
    Check.INTERVIEWED: _("seats filled: %(n)s, none of them a stranger"),
    Check.FLOW: _("on %(on)s"),
    Check.SOLUTION: "%(text)s",
    Check.ORDER: _("%(label)s, on %(on)s"),
    Check.COMPLAINT: _("%(label)s, since %(on)s"),
    Check.SIGNED: _("%(label)s, on %(on)s"),
    Check.SETTLED: _("nothing is open"),
    Check.SURVEYED: _("%(label)s, on %(on)s"),
    Check.KEY_PERSON: "%(name)s",
    Check.ORGANISATION: _("persons: %(n)s, reporting lines: %(bosses)s"),
    Check.PRODUCTS: _("lines known: %(n)s of %(of)s"),
    Check.RELATIONS: _("relations: %(n)s"),
    Check.PLANNED: _("roles with a plan: %(n)s"),
    Check.REVIEWED: _("on %(on)s"),
    Check.LOOKED_AFTER: _("%(label)s, on %(on)s"),
    Check.REPORTED: _("%(label)s, on %(on)s"),
    Check.NEXT_NEED: _("raised on %(on)s"),
}
#: What is wrong and what to do where it is missing.
MISSING = {
    Check.OWNED: _("Nobody owns it: give it to somebody."),
    Check.QUALIFIES: _(
        "Criteria that hold: %(n)s of %(needed)s. State one with its evidence, or learn the facts."
    ),
    Check.DIRECTION: _("Say what we want to reach here: the vision of the account plan, or the strategy."),
    Check.VISITED: _("Nobody has been there: plan a visit and log it."),
    Check.RIVALS: _("Say in the product chart who supplies at least one line, a competitor or nobody."),
    Check.SWOT: _("Lists without a line: %(lists)s."),
    Check.SEATS: _("Empty seats: %(seats)s."),
    Check.DECIDER: _("Meet the decision maker in person."),
    Check.NEED: _("Talk a need through until it is clear, and write down what it means."),
    Check.CONFIRMED: _("Empty or only assumed: %(seats)s."),
    Check.INTERVIEWED: _("Never met: %(names)s."),
    Check.FLOW: _("Draw who proposes, reviews, guards the budget, decides and signs."),
    Check.SOLUTION: _("Propose a solution for a clarified need."),
    Check.ORDER: _("Neither a commitment nor a trial order is recorded."),
    Check.COMPLAINT: _("No complaint is open: there is no crisis to handle."),
    Check.SIGNED: _("No contract is signed yet."),
    Check.SETTLED: _("Still open: %(label)s, since %(on)s."),
    Check.SURVEYED: _("Ask how satisfied they are; no answer is recorded."),
    Check.KEY_PERSON: _("Nobody is the designated key person."),
    Check.ORGANISATION: _("Persons: %(n)s, reporting lines: %(bosses)s. Say who reports to whom."),
    Check.PRODUCTS: _("Lines known: %(n)s of %(of)s."),
    Check.RELATIONS: _("Nobody's relation to anybody is written down."),
    Check.PLANNED: _("Roles without a plan: %(seats)s."),
    Check.REVIEWED: _("Review how the plan was carried out; once a month."),
    Check.LOOKED_AFTER: _("No after-sales work is recorded."),
    Check.REPORTED: _("No report on the cooperation is written yet."),
    Check.NEXT_NEED: _("No need was raised since the last signing: ask what comes next."),
}
UNASKED = _("not asked: nothing in KAM records this yet")
#: Check → the button's words and the page that does it; "%(pk)s" is the unit.
LINKS = {
    Check.OWNED: (_("Give it"), "/accounts/%(pk)s/owner/"),
    Check.QUALIFIES: (_("Open qualification"), "/accounts/%(pk)s/tabs/qualification/"),
    Check.DIRECTION: (_("Write the plan"), "/accounts/%(pk)s/plan/"),
    Check.VISITED: (_("Plan a visit"), "/visits/week/"),
    Check.RIVALS: (_("Open product chart"), "/accounts/%(pk)s/products/"),
    Check.SWOT: (_("Write the SWOT"), "/accounts/%(pk)s/swot/edit/"),
    Check.SEATS: (_("Fill the seat"), "/accounts/%(pk)s/tabs/persons/"),
    Check.DECIDER: (_("Plan a visit"), "/visits/week/"),
    Check.NEED: (_("Open needs"), "/accounts/%(pk)s/tabs/needs/"),
    Check.CONFIRMED: (_("Open persons"), "/accounts/%(pk)s/tabs/persons/"),
    Check.INTERVIEWED: (_("Plan a visit"), "/visits/week/"),
    Check.FLOW: (_("Draw the flow"), "/accounts/%(pk)s/flow/edit/"),
    Check.SOLUTION: (_("Open needs"), "/accounts/%(pk)s/tabs/needs/"),
    Check.COMPLAINT: (_("Open complaints"), "/accounts/%(pk)s/tabs/complaints/"),
    Check.SETTLED: (_("Open complaints"), "/accounts/%(pk)s/tabs/complaints/"),
    Check.ORDER: (_("Open deals"), "/accounts/%(pk)s/tabs/deals/"),
    Check.SIGNED: (_("Open deals"), "/accounts/%(pk)s/tabs/deals/"),
    Check.SURVEYED: (_("Ask them"), "/accounts/%(pk)s/satisfaction/ask/"),
    Check.PLANNED: (_("Open service plan"), "/accounts/%(pk)s/service-plan/"),
    Check.REVIEWED: (_("Open service plan"), "/accounts/%(pk)s/service-plan/"),
    Check.LOOKED_AFTER: (_("Open complaints"), "/accounts/%(pk)s/tabs/complaints/"),
    Check.KEY_PERSON: (_("Open persons"), "/accounts/%(pk)s/tabs/persons/"),
    Check.ORGANISATION: (_("Open the map"), "/accounts/%(pk)s/map/"),
    Check.PRODUCTS: (_("Open product chart"), "/accounts/%(pk)s/products/"),
    Check.RELATIONS: (_("Open persons"), "/accounts/%(pk)s/tabs/persons/"),
    Check.NEXT_NEED: (_("Open needs"), "/accounts/%(pk)s/tabs/needs/"),
}
LIST_LABELS = {
    "strengths": pgettext_lazy("SWOT", "Strengths"),
    "weaknesses": pgettext_lazy("SWOT", "Weaknesses"),
    "opportunities": pgettext_lazy("SWOT", "Opportunities"),
    "threats": pgettext_lazy("SWOT", "Threats"),
}
LIST_HINTS = {
    "strengths": _("What we do better than others at this unit."),
    "weaknesses": _("Where we are behind, or unknown."),
    "opportunities": _("What opens a door: a plan of theirs, a competitor's weak point."),
    "threats": _("What may cost us the unit: a competitor's strong point, a change of people."),
}
#: What one does in a phase (S-066).
PHASE_WORK = {
    Phase.GOAL: _("Look at the market, find the unit, and say what we want to reach there."),
    Phase.FIELD: _("Go there, learn what they need, win goodwill, find the competitor, write the SWOT."),
    Phase.DEEP: _("Come closer: first recognition, and the wish to work together is said."),
    Phase.SUBSTANCE: _("Deepen the impression, stand the customer's tests and the competitor's tricks."),
    Phase.FIRST: _("A trial order with commitments on quality and credit; look for more than one sale."),
    Phase.CRISIS: _(
        "A quality problem: help at once, settle it, win trust back, ask how satisfied they are."
    ),
    Phase.STABLE: _("Close contact up to the superiors, a loyal customer; a strong rival will come."),
}
PLAN_LABELS = {
    PlanState.DRAFT: pgettext_lazy("account plan", "Draft"),
    PlanState.SUBMITTED: pgettext_lazy("account plan", "Waiting for approval"),
    PlanState.RETURNED: pgettext_lazy("account plan", "Returned for changes"),
    PlanState.APPROVED: pgettext_lazy("account plan", "In force"),
    PlanState.REPLACED: pgettext_lazy("account plan", "Replaced"),
    PlanState.REJECTED: pgettext_lazy("account plan", "Rejected"),
    PlanState.WITHDRAWN: pgettext_lazy("account plan", "Withdrawn"),
}
GOAL_LABELS = {
    GoalState.REACHED: _("reached"),
    GoalState.RUNNING: _("on the way"),
    GoalState.LATE: _("day passed, not reached"),
    GoalState.UNMEASURED: _("not measured"),
}
GOAL_TONES = {
    GoalState.REACHED: "good",
    GoalState.RUNNING: "pending",
    GoalState.LATE: "danger",
    GoalState.UNMEASURED: "draft",
}
