"""The pages that are walked: what a stop is, and the main ones by who opens them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """A page to open: an address, or with `follow` the first link of that selector on it.

    With `if_page`, what turns out to be a refusal, a fragment, a file or JSON is left out.
    """

    path: str
    follow: str = ""
    name: str = ""
    status: int = 200
    if_page: bool = False

    @property
    def title(self) -> str:
        bare = self.name or self.path.split("?")[0].strip("/").replace("/", "-") or "today"
        return f"{bare}-first" if self.follow and not self.name else bare


#: The main pages, by who opens them. A page that does not exist yet is left out by `known_stops`.
STOPS: dict[str, list[Stop]] = {
    "": [Stop("/login/", name="sign-in"), Stop("/login/reset/")],
    "specialist1": [
        Stop("/"),
        Stop("/accounts/"),
        Stop("/accounts/", follow="#list [data-open]", name="account"),
        Stop("/accounts/new/"),
        Stop("/accounts/flags/"),
        Stop("/accounts/phases/"),
        Stop("/accounts/evaluations/sheets/"),
        Stop("/service-plans/"),
        Stop("/strengthening/"),
        Stop("/complaints/"),
        Stop("/satisfaction/"),
        Stop("/campaigns/"),
        Stop("/quotes/"),
        Stop("/visits/"),
        Stop("/visits/week/"),
        Stop("/visits/week/add/"),
        Stop("/visits/day/"),
        Stop("/visits/appointments/"),
        Stop("/visits/calls/"),
        Stop("/visits/quotas/"),
        Stop("/visits/daily/"),
        Stop("/visits/contact-sheet/"),
        Stop("/visits/new/"),
        Stop("/visits/", follow="#list [data-open]", name="visit"),
        Stop("/help/"),
        Stop("/followups/"),
        Stop("/followups/new/"),
        Stop("/bulletins/"),
        Stop("/tasks/"),
        Stop("/notices/"),
        Stop("/search/?q=株洲", name="search"),
        Stop("/kpi/"),
        Stop("/kpi/units/"),
        Stop("/kpi/value/"),
        Stop("/kpi/sheets/"),
        Stop("/kpi/targets/"),
        Stop("/reports/"),
        Stop("/visits/calendar/?view=week", name="calendar-week"),
        Stop("/visits/calendar/?view=month", name="calendar-month"),
        Stop("/promises/"),
        Stop("/pool/"),
        Stop("/duplicates/"),
        Stop("/accounts/incomplete/"),
        Stop("/competitors/"),
        Stop("/suggestions/"),
        Stop("/support/"),
        Stop("/knowledge/"),
        Stop("/trainings/"),
        Stop("/standards/"),
        Stop("/prospects/"),
        Stop("/deals/"),
        Stop("/earnest/"),
        Stop("/briefings/"),
        Stop("/gifts/"),
        Stop("/receptions/"),
        Stop("/expenses/"),
        Stop("/me/"),
        Stop("/me/absences/"),
        Stop("/me/sessions/"),
        Stop("/digests/"),
        Stop("/no-such-page/", status=404, name="404"),
    ],
    "manager1": [
        Stop("/"),
        Stop("/accounts/"),
        Stop("/accounts/import/"),
        Stop("/accounts/pyramid/"),
        Stop("/accounts/tiers/"),
        Stop("/accounts/evaluations/"),
        Stop("/deals/"),
        Stop("/visits/week/"),
        Stop("/approvals/"),
        Stop("/approvals/", follow="a[href^='/approvals/']", name="approval"),
    ],
    "director": [
        Stop("/"),
        Stop("/approvals/"),
        Stop("/audit/"),
        Stop("/people/handovers/"),
        Stop("/accounts/concentration/"),
        Stop("/satisfaction/rounds/"),
        Stop("/budgets/"),
    ],
    "admin": [
        Stop("/ops/"),
        Stop("/ops/outbox/"),
        Stop("/jobs/"),
        Stop("/ops/mail/"),
        Stop("/ops/digests/"),
        Stop("/admin/"),
    ],
}


def known_stops(stops: Mapping[str, list[Stop]] = STOPS) -> dict[str, list[Stop]]:
    """Return the stops whose address the project knows."""
    from django.urls import Resolver404, resolve

    def is_known(stop: Stop) -> bool:
        try:
            resolve(stop.path.split("?")[0])
        except Resolver404:
            return stop.status == 404
        return True

    return {who: [stop for stop in list_ if is_known(stop)] for who, list_ in stops.items()}
