"""The worked examples of docs/domain/phases.md are true."""

from datetime import date, timedelta

from django.conf import settings

from accounts.development.rules.checks import Finding
from accounts.development.rules.phases import days_late, passed, status_path
from accounts.development.rules.plans import freshness
from accounts.development.terms import Answer, Check
from accounts.units.terms import Phase, UnitStatus

DAY = date(2026, 6, 1)


def table(heading):
    text = (settings.BASE_DIR / "docs/domain/phases.md").read_text(encoding="utf-8")
    part = text.split(f"## {heading}")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_move_asks_what_it_says():
    rows = table("Moving between phases")
    assert len(rows) == 8
    for old, new, asks in rows:
        found = ", ".join(str(int(p)) for p in passed(Phase(int(old)), Phase(int(new))))
        assert asks == (found or "nothing, a reason")


def test_every_status_follows_as_it_says():
    rows = table("When the status follows")
    assert len(rows) == 8
    for new, status, is_met, path in rows:
        finding = Finding(Check.OWNED, Answer.MET if is_met == "yes" else Answer.UNASKED)
        found = ", ".join(status_path(Phase(int(new)), UnitStatus(status), [finding]))
        assert path == (found or "none")


def test_every_delay_is_what_it_says():
    rows = table("The norm of days")
    assert len(rows) == 3
    for days, norm, late in rows:
        assert days_late(DAY - timedelta(int(days)), DAY, int(norm)) == int(late)


def test_every_plan_is_as_fresh_as_it_says():
    def day(text):
        return None if text == "–" else date.fromisoformat(text)

    rows = table("The account plan")
    assert len(rows) == 3
    for since, reviewed, promised, every, today, due, over in rows:
        found = freshness(
            in_force_since=day(since),
            reviewed_on=day(reviewed),
            promised_on=day(promised),
            every=int(every),
            today=day(today),
        )
        assert (found.due_on, found.days_over) == (day(due), int(over))
