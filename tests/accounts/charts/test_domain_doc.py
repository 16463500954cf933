"""The worked examples of docs/domain/charts.md are true."""

import re

from django.conf import settings

from accounts.charts.rules.flow import Step, deciders, total_days
from accounts.charts.terms import StepKind

WORDS = {"proposes": StepKind.PROPOSE, "decides": StepKind.DECIDE, "signs": StepKind.SIGN}


def read(text):
    found = re.findall(r"(\w+) (proposes|decides|signs)(?: (\d+))?", text)
    return [Step(WORDS[verb], None, who, int(days) if days else None) for who, verb, days in found]


def test_every_flow_has_the_days_and_deciders_it_says():
    text = (settings.BASE_DIR / "docs/domain/charts.md").read_text(encoding="utf-8")
    part = text.split("## The decision flow")[1].split("\n## ")[0]
    rows = [
        [c.strip() for c in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")
    ][2:]
    assert len(rows) == 3
    for steps, days, count in rows:
        total, is_complete = total_days(read(steps))
        assert days == (str(total) if is_complete else f"at least {total}")
        assert count.split(" ")[0] == str(deciders(read(steps)))
        assert ("red flag" in count) == (deciders(read(steps)) != 1)
