"""Preparations of today's and the next days' visits: some thorough, some half, some not at all."""

from kam.demo.story import Story
from visits.plans.models import PlanLine
from visits.preparation.services import Answers, save_preparation
from visits.preparation.terms import Judgement, SelfQuestion

_ANSWERS = {
    SelfQuestion.INSIDER_CULTIVATED: "办公室主任愿意帮忙，但只有一位，还不够。",
    SelfQuestion.INSIDER_PLAN: "工会干事可以发展：先谈员工住房，再请他介绍。",
    SelfQuestion.BUYERS_CLEAR: "技术把关者还不清楚，今天要问出来。",
    SelfQuestion.NOT_INTERVIEWED: "财务负责人没见过，请会长引见。",
    SelfQuestion.MORE_INFORMATION: "请内线说明审批要几天。",
    SelfQuestion.POWER_CHANGED: "没有听说变化。",
    SelfQuestion.NEW_FACES: "新来的副主任，影响还要看。",
    SelfQuestion.REORGANISED: "采购归口没有变。",
    SelfQuestion.DECIDERS_CERTAIN: "两位：会长和财务负责人。",
    SelfQuestion.OUTLINE: "有，三个问题。",
    SelfQuestion.WRITTEN: "拜访前一天发短信确认。",
}


def play_preparations(story: Story) -> None:
    """Prepare the planned visits of the next four days, as far as somebody got by this morning."""
    rows = PlanLine.objects.standing().of_live_plans().filter(unit__isnull=False, state="planned")
    rows = rows.filter(day__range=(story.today, story.day(4))).select_related(
        "plan__user", "plan__team", "unit"
    )
    for number, line in enumerate(rows.order_by("day", "pk")):
        if number % 3 == 2 or (line.day == story.today and not line.questions):
            continue
        thorough = number % 3 == 0
        answers: Answers = {
            question: (text, Judgement.CARE)
            for place, (question, text) in enumerate(_ANSWERS.items())
            if thorough or place < 2
        }
        with story.at(story.today, 8, 5 + number % 50):
            save_preparation(
                line,
                by=line.plan.user,
                outline=line.questions or "最后由谁签字？\n还有哪一位要先同意？",
                answers=answers,
                homework="会长每周五下午开会定事，先找办公室主任排上议程。" if thorough else "",
                next_questions="理事会的结果怎样？" if thorough else "",
            )
