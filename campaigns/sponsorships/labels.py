"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.sponsorships.terms import Problem, SponsorshipKind, SponsorshipState

KIND_LABELS = {
    SponsorshipKind.SPORTS: _("Sports event"),
    SponsorshipKind.EVENT: _("Another event"),
    SponsorshipKind.PROMOTION: _("Promotion of one product"),
    SponsorshipKind.SELLERS: _("Incentive for sellers"),
}
STATE_LABELS = {
    SponsorshipState.PENDING: pgettext_lazy("sponsorship", "Waiting for approval"),
    SponsorshipState.RETURNED: pgettext_lazy("sponsorship", "Returned for changes"),
    SponsorshipState.APPROVED: pgettext_lazy("sponsorship", "Approved, report to come"),
    SponsorshipState.REPORTED: pgettext_lazy("sponsorship", "Reported"),
    SponsorshipState.CANCELLED: pgettext_lazy("sponsorship", "Cancelled"),
    SponsorshipState.REJECTED: pgettext_lazy("sponsorship", "Rejected"),
    SponsorshipState.WITHDRAWN: pgettext_lazy("sponsorship", "Withdrawn"),
}
PROBLEMS = {
    Problem.NOBODY: _("Name the sellers who receive it."),
    Problem.NOTHING: _("Say what each of them receives."),
    Problem.WITHOUT: _("Name who receives it, or leave the amount empty."),
    Problem.ABOVE: _("What the persons receive comes to more than the whole cost."),
}
#: Where on the form each problem is told.
FIELDS = {
    Problem.NOBODY: "people",
    Problem.NOTHING: "each_amount",
    Problem.WITHOUT: "people",
    Problem.ABOVE: "each_amount",
}
