"""`manage.py kpi draft|close --month 2026-10 | --quarter 2026-Q3 | --year 2026 [--json]`, `manage.py kpi verify|recompute|compare [--json]`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kam.audit.context import system
from kam.core.errors import BusinessError
from kam.core.periods import Period
from kpi.measures.rules import month_named, quarter_named, year_named
from kpi.rollup.services import rebuild_all
from kpi.rollup.verify import compare
from kpi.sheets.closing import close_period
from kpi.sheets.lines import as_json
from kpi.sheets.models import Sheet
from kpi.sheets.selectors import shown_of
from kpi.sheets.services import open_sheets
from kpi.sheets.verify import verify_seals


class Command(BaseCommand):
    help = (
        "Score sheets: show the drafts of a month, quarter or year, close it, or prove the seals of every closed period (verify)."
        " Sums that dashboards keep: add all of them up anew (recompute), or compare them with their rows (compare)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["draft", "close", "verify", "recompute", "compare"])
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--month", default="", help="e.g. 2026-10")
        which.add_argument("--quarter", default="", help="e.g. 2026-Q4")
        which.add_argument("--year", default="", help="e.g. 2026")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["act"] == "verify":
            self._verify(as_object=options["json"])
            return
        if options["act"] in {"recompute", "compare"}:
            self._rollup(options["act"], as_object=options["json"])
            return
        period = (
            month_named(options["month"]) or quarter_named(options["quarter"]) or year_named(options["year"])
        )
        if period is None:
            words = "Say which period, e.g. --month 2026-10, --quarter 2026-Q4 or --year 2026."
            self._fail(words, as_object=options["json"])
        else:
            self._of_period(options["act"], period, as_object=options["json"])

    def _of_period(self, act: str, period: Period, *, as_object: bool) -> None:
        try:
            with system(f"kpi.{act}"):
                if act == "close":
                    close_period(period, by=None)
                else:
                    open_sheets(period)
        except BusinessError as error:
            self._fail(str(error), as_object=as_object)
        rows = (
            Sheet.objects.of_period(period)
            .live()
            .select_related("user")
            .order_by("user__staff_number", "revision")
        )
        told = [as_json(shown) for shown in shown_of(rows)]
        if as_object:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for row in told:
            self.stdout.write(f"{row['sheet']}  {row['state']}  {row['points']} of 100")
            for line in row["lines"]:
                self.stdout.write(
                    f"    {line['indicator']}: {line['points'] or '–'} of {line['of']}. {line['reason']}"
                )
        self.stderr.write(
            f"{sum(row['state'] == 'closed' for row in told)} of {len(told)} sheets are closed."
        )

    def _verify(self, *, as_object: bool) -> None:
        verdict = verify_seals()
        if as_object:
            self.stdout.write(json.dumps(verdict.as_json()))
        else:
            self.stdout.write(
                f"{verdict.checked} seals checked: {'NOT WHOLE' if verdict.first_bad else 'whole'}"
            )
            for row in verdict.late:
                what = "gone since" if row.is_gone else "came late"
                self.stdout.write(f"    {row.sheet}: {what}: {row.measure} {row.ref} {row.day} {row.amount}")
        if verdict.first_bad:
            self.stderr.write(
                f"First bad place: {verdict.first_bad}. A closed score sheet was changed around the application."
                " Keep the database as it is, compare with the newest backup, and tell the director."
            )
            raise SystemExit(1)

    def _rollup(self, act: str, *, as_object: bool) -> None:
        if act == "recompute":
            count = rebuild_all()
            self.stdout.write(
                json.dumps({"added_up": count}) if as_object else f"{count} sums added up anew."
            )
            return
        told = compare()
        wrong = str(told.first) if told.first else None
        if as_object:
            self.stdout.write(
                json.dumps({"ok": wrong is None, "compared": told.compared, "first_bad": wrong})
            )
        else:
            self.stdout.write(f"{told.compared} sums compared: {'NOT THE SAME' if wrong else 'the same'}")
        if wrong:
            self.stderr.write(
                f"First difference: {wrong}. `manage.py kpi recompute` adds all of them up anew."
            )
            raise SystemExit(1)

    def _fail(self, message: str, *, as_object: bool) -> None:
        if as_object:
            self.stdout.write(json.dumps({"error": message}))
        self.stderr.write(message)
        raise SystemExit(1)
