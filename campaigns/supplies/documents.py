"""A year of an account on paper 办公用品领用账户对账单: held before, handed out, given back, used, held after, every entry."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.supplies.models import SupplyAccount
from campaigns.supplies.selectors import statement
from kam.pdf.services import Sheet


def statement_sheet(account: SupplyAccount, year: int, *, language: str) -> Sheet:
    with override(language):
        return Sheet(
            "campaigns_supplies",
            {
                "account": account,
                "year": year,
                "rows": statement(account, year),
                "entries": list(
                    account.entries.filter(on__year=year).select_related("material", "by").order_by("pk")
                ),
            },
            _("Account of supplies, %(year)s") % {"year": year},
            f"{account.number}-{year}",
            "campaigns.supplies",
            language=language,
            signatures=(_("Holder of the account"), _("Clerk"), _("Key-account manager")),
        )
