"""Reports of the visits held: most are there, some of the last days are still missing."""

from django.utils import timezone

from kam.demo.story import Story
from visits.reports.rules import SPEC_OF, Value, clean_field, fields_of
from visits.reports.services import save_report
from visits.reports.terms import Variant
from visits.visits.models import Visit
from visits.visits.terms import MARKET_QUESTIONS

_VALUES: dict[str, tuple[Value, ...]] = {
    "headcount": ("290", "312", "1350", "86", "420"),
    "income": ("52000", "68000", "86000"),
    "main_business": ("建材、石材", "轨道交通装备", "服装批发", "基础教育"),
    "industry_text": ("商会", "制造", "商贸", "教育"),
    "office_environment": ("poor", "average", "good"),
    "living_environment": ("rented", "mostly_rented", "owned"),
    "self_built_housing": ("none", "planned", "building"),
    "private_cars": ("40", "180", "260"),
    "foot_traffic": ("商会会所", "厂区东门", "市场中庭"),
    "purchase_demand": ("改善住房", "父母同住", "婚房"),
    "purchase_intention": ("2", "3", "4", "5"),
    "purchasing_power": ("weak", "medium", "strong"),
    "accepted_area": (["90", "120"], ["110", "140"]),
    "accepted_price": (["3000", "3400"], ["3200", "3500"]),
    "attention": ("low", "medium", "high"),
    "recent_activities": ("年会", "职工运动会", "新厂开工"),
    "promotion_time": ("七月中旬", "年会期间"),
    "promotion_place": ("石峰酒店", "职工食堂"),
    "promotion_way": ("年会推介", "资料架", "食堂展板"),
}


def play_reports(story: Story) -> None:
    """Hand in the reports in the evening of each visit; one in five of the last week is still missing."""
    for visit in Visit.objects.held().select_related("unit", "user").order_by("on", "pk"):
        age = (story.today - visit.on).days
        if story.random.random() < (0.3 if age < 7 else 0.05):
            continue
        values = {
            spec.key: clean_field(SPEC_OF[spec.key], story.random.choice(_VALUES[spec.key]))
            for spec in fields_of(Variant.PROPERTY)
            if spec.key in _VALUES and story.random.random() < 0.7
        }
        market = {name: getattr(visit, name) or "没有新情况。" for name in MARKET_QUESTIONS}
        remarks = {"headcount": "含新入会 22 家"} if "headcount" in values else {}
        entered = timezone.localtime(visit.entered_at)
        with story.at(entered.date(), 17, 20):
            save_report(
                visit, variant=Variant.PROPERTY, values=values, remarks=remarks, market=market, by=visit.user
            )
