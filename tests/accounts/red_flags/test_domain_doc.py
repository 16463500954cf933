"""The worked examples of docs/domain/red_flags.md are true."""

import re
from datetime import date, timedelta

from django.conf import settings

from accounts.persons.terms import Attitude, Confidence
from accounts.red_flags.rules import Thresholds, UnitFacts, flags_of
from accounts.red_flags.terms import FlagKind
from accounts.roles.rules import Holder, coverage
from accounts.roles.terms import Seat

TEXT = (settings.BASE_DIR / "docs/domain/red_flags.md").read_text(encoding="utf-8")


def table(title):
    part = re.split(rf"^## {title}$", TEXT, flags=re.MULTILINE)[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_every_flag_is_described():
    assert [row[0] for row in table("The flags")] == [kind.value for kind in FlagKind]


def test_no_contact():
    last = date(2026, 6, 1)
    rows = table("No contact")
    assert len(rows) == 4
    for tier, limit, since in rows:
        day = date.fromisoformat(since)
        facts = UnitFacts(1, tier, date(2026, 1, 1), last_contact_on=last, last_written_on=last)
        for today, expected in ((day - timedelta(days=1), []), (day, [day])):
            flags = flags_of(facts, today=today, limits=Thresholds())
            found = [flag for flag in flags if flag.kind is FlagKind.NO_CONTACT]
            assert [flag.since_on for flag in found] == expected, tier
            assert all(flag.evidence["days"] == int(limit) for flag in found)


def test_role_coverage():
    today = date(2026, 6, 23)
    rows = table("Role coverage")
    assert len(rows) == 5
    for confidence, attitude, ago, points in rows:
        seen = None if ago == "never" else today - timedelta(days=int(ago))
        holder = Holder(1, "x", Confidence(confidence), Attitude(attitude), seen)
        score = coverage({Seat.USER: [holder]}, today=today, seen_within_days=60).score
        assert score == int(points), (confidence, attitude, ago)
