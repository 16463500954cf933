"""P7 and P8 at two sizes in turn: the department's dashboard and a month's close, each beside its plain SQL and beside a tenth of the rows.

`python -m bench.grown PEOPLE` measures the database of DATABASE_URL once and prints JSON; `growth_rows` asks the whole and the tenth in turn.
"""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.report import Measured

ROOT = Path(__file__).resolve().parent.parent
TURNS, GOAL = 2, 1.5


@dataclass(frozen=True)
class Told:
    """One size, in ms: the SQL of the dashboard and the plain sums under it, the close of a month and the plain rows under it."""

    people: int
    sheets: int
    rows: int
    dashboard: float
    sums: float
    close: float
    plain: float


def growth_rows(whole: str, tenth: str, people: int) -> list[Measured]:
    """Return a row for the dashboard and one for the close; `people` of the whole, a tenth of them in the tenth."""
    found: dict[str, list[Told]] = {whole: [], tenth: []}
    for _turn in range(TURNS):
        for address, number in ((tenth, people // 10), (whole, people)):
            found[address].append(_asked(address, number))
    large, small = (_typical(found[address]) for address in (whole, tenth))
    return [
        _row("P7 dashboard SQL, tenth → whole", (small.dashboard, small.sums), (large.dashboard, large.sums)),
        _row(
            f"P8 month close, {small.sheets:,} → {large.sheets:,} people, {large.rows:,} rows behind",
            (small.close, small.plain), (large.close, large.plain),
        ),
    ]  # fmt: skip


def _row(name: str, small: tuple[float, float], large: tuple[float, float]) -> Measured:
    ratio, of_small = large[0] / large[1], small[0] / small[1]
    figure = (
        f"{ratio:.3g} × ({large[0]:,.0f} of {large[1]:,.0f} ms); a tenth {of_small:.3g} × ({small[0]:,.0f} ms);"
        f" grew {large[0] / small[0]:.1f} ×, its plain SQL {large[1] / small[1]:.1f} ×"
    )
    said = f"≤ {GOAL} × its plain SQL"
    return Measured(name, said, ratio <= GOAL, figure, None)


def _asked(url: str, people: int) -> Told:
    done = subprocess.run(
        [sys.executable, "-m", "bench.grown", str(people)],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return Told(**json.loads(done.stdout.splitlines()[-1]))


def _typical(told: list[Told]) -> Told:
    names = ("dashboard", "sums", "close", "plain")
    found = asdict(told[0]) | {name: statistics.median(getattr(one, name) for one in told) for name in names}
    return Told(**found)


def main() -> None:
    import django  # noqa: PLC0415 -- the settings are chosen by whoever starts this

    django.setup()
    from bench import closing, kpi  # noqa: PLC0415 -- after setup

    sums = kpi.raw_dashboard_ms()
    dashboard = closing.dashboard_sql_ms()
    people = int(sys.argv[1])
    print(json.dumps({"people": people, "dashboard": dashboard, "sums": sums, **closing.close_ms(people)}))


if __name__ == "__main__":
    main()
