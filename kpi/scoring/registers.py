"""The indicators of the source: twelve of the department (four a category), the rates of director and manager, the specialist's abilities."""

from django.utils.translation import gettext_lazy as _

from kpi.scoring.registry import TARGET, Indicator, register_indicator
from kpi.scoring.terms import Category

_SKILL, _PERFORMANCE, _MANAGEMENT = Category.SKILL, Category.PERFORMANCE, Category.MANAGEMENT

#: The department's twelve (S-193 … S-202).
_TWELVE = (
    Indicator("knowledge", _("Professional knowledge"), _("Product, industry and competitors: mastered and kept up to date."), _SKILL),
    Indicator("negotiation", _("Business negotiation"), _("Basic skills mastered and applied."), _SKILL),
    Indicator("market", _("Market information"), _("Collected in full and in time, analysed, turned into opportunities."), _SKILL),
    Indicator("execution", _("Execution and cooperation"), _("Systems, plans and strategies carried out; tasks for others done."), _SKILL),
    Indicator("sales", _("Sales plan completion"), _("Actual sales ÷ planned sales."), _PERFORMANCE, "sales.actual", TARGET),
    Indicator("settlement", _("Contract settlement"), _("Contracts settled ÷ settlement planned."), _PERFORMANCE, "contracts.settled", TARGET),
    Indicator("collection", _("Contract collection"), _("Payments received ÷ due under contracts."),
              _PERFORMANCE, "contracts.received", "contracts.due"),
    Indicator("information", _("Effective information"), _("Effective information ÷ information registered."),
              _PERFORMANCE, "information.effective", "information.all"),
    Indicator("channels", _("Channel expansion"), _("Visits of approved plans carried out ÷ planned."), _MANAGEMENT, "visits.kept", "visits.planned"),
    Indicator("relations", _("Relationship keeping"), _("Return visits made ÷ planned by target."), _MANAGEMENT, "visits.return", TARGET),
    Indicator("expenses", _("Expense control"), _("Expenses ÷ budget; lower is better."),
              _MANAGEMENT, "expenses.spent", "expenses.budget", lower_is_better=True),
    Indicator("files", _("Archive completeness"), _("Complete unit files ÷ all files."), _MANAGEMENT, "files.complete", "files.all"),
)  # fmt: skip
_MORE = (
    Indicator("development", _("New development rate"), _("Units developed ÷ planned."), _PERFORMANCE, "units.developed", TARGET),
    Indicator("churn", _("Churn"), _("Units lost ÷ units held at the beginning; lower is better."),
              _MANAGEMENT, "units.lost", "units.held", lower_is_better=True),
    Indicator("complaints", _("Valid complaints"), _("Number of valid complaints; lower is better."),
              _MANAGEMENT, "complaints.valid", lower_is_better=True),
    Indicator("agreements", _("Long-term agreements"), _("Long-term agreements signed ÷ planned by target."),
              _MANAGEMENT, "agreements.signed", TARGET),
    Indicator("forms", _("Follow-up forms on time"), _("Forms handed in on time ÷ all forms."), _MANAGEMENT, "forms.on_time", "forms.all"),
    Indicator("tasks", _("Cooperation tasks"), _("Tasks of others done ÷ due."), _SKILL, "tasks.done", "tasks.due"),
    Indicator("skill", _("Professional skill"), _("Rated by the assessor on the rubric, with evidence."), _SKILL),
    Indicator("investigation", _("Investigation"), _("Rated by the assessor on the rubric, with evidence."), _SKILL),
    Indicator("problem_solving", _("Problem solving"), _("Rated by the assessor on the rubric, with evidence."), _SKILL),
    Indicator("innovation", _("Innovation"), _("Rated by the assessor on the rubric, with evidence."), _SKILL),
)  # fmt: skip

for _one in (*_TWELVE, *_MORE):
    register_indicator(_one)

#: The keys of the department's twelve, in the source's order.
TWELVE = tuple(one.key for one in _TWELVE)
