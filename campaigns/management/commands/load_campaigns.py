"""`manage.py load_campaigns`: the two campaigns of the source with their discount rules and budgets; safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand

from campaigns.budgets.services import load_budgets
from campaigns.campaigns.services import load_campaigns
from campaigns.discounts.services import load_rules
from kam.audit.context import system


class Command(BaseCommand):
    help = "Write the campaigns housing-2008 and gift-boxes-2012 where they do not exist yet."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with system("campaigns.load_campaigns"):
            made, rules, budgets = load_campaigns(), load_rules(), load_budgets()
        self.stdout.write(
            f"{len(made)} campaigns, {len(rules)} discount rules and {len(budgets)} budgets written"
        )
