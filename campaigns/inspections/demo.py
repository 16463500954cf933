"""The demo's inspections: each open outlet twice, the second time better; what the first found is mended, what the second found waits."""

from datetime import timedelta

from campaigns.inspections import services
from campaigns.inspections.models import ChecklistVersion, Inspection
from campaigns.inspections.selectors import checklist_in_force
from campaigns.inspections.services import Seen, Walk
from campaigns.inspections.terms import Verdict
from campaigns.outlets.models import Outlet
from kam.demo.story import Story
from kam.notes.models import Task
from kam.notes.services import complete_task

_FINDINGS = ("货架第二层缺货", "形象柜灯箱不亮", "价签与实价不符", "促销海报过期", "到货比约定晚两天")


def play_inspections(story: Story) -> None:
    """Whoever owns the unit inspects; what was found is mended within a week."""
    version = checklist_in_force()
    if version is None:
        return
    for place, outlet in enumerate(Outlet.objects.open().select_related("unit__owner").order_by("pk")):
        first = _inspect(story, outlet, version, place, days=30 - place, failed=3)
        for task in Task.objects.filter(source_kind="inspection", source_id=str(first.pk)).order_by("pk"):
            with story.at(story.day(-24 + place), 15):
                complete_task(task, by=outlet.unit.owner)
        _inspect(story, outlet, version, place + 2, days=6 - place % 4, failed=1 if place else 0)


def _inspect(
    story: Story, outlet: Outlet, version: ChecklistVersion, turn: int, *, days: int, failed: int
) -> Inspection:
    owner = outlet.unit.owner
    assert owner is not None  # noqa: S101 -- outlets of the demo belong to units with an owner
    day = story.day(-days)
    rows = list(version.rows.all())
    wrong = {rows[(turn * 3 + step * 2) % len(rows)].place: step for step in range(failed)}
    seen = {
        row.place: Seen(
            Verdict.FAILED if row.place in wrong else Verdict.OK,
            day + timedelta(days=7),
            _FINDINGS[(turn + wrong[row.place]) % len(_FINDINGS)] if row.place in wrong else "",
        )
        for row in rows
    }
    with story.at(day, 15):
        walk = Walk(day, version, seen, owner, accompanied="店长 周敏", note="店员着装整齐，服务热情")
        return services.keep_inspection(outlet, walk, by=owner)
