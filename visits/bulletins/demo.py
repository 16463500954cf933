"""Three policy bulletins; the newest one is still to be read by some."""

from kam.demo.story import Story
from kam.users.terms import Position
from visits.bulletins.services import acknowledge_bulletin, publish_bulletin

_BULLETINS = (
    (-40, "大客户团购优惠说明", "一个单位成交 9 套起享受团购优惠，在现有优惠的基础上折上折。"),
    (-12, "关键人物推荐奖励说明", "客户签约并付首期款后 7 天，凭认购书领取；公职人员不适用。"),
    (-1, "一次性付款优惠说明（第 3 版）", "一次性付款 9.8 折，团购折上折不变。"),
)


def play_bulletins(story: Story) -> None:
    """Publish them in the evening; most people have read the older ones."""
    author = next(u for u in story.users.values() if u.position == Position.MARKETING_DIRECTOR)
    for offset, title, text in _BULLETINS:
        day = story.day(offset)
        with story.at(day, 17, 40):
            bulletin = publish_bulletin(title, text=text, in_force_from=day, by=author)
        for user in sorted(story.users.values(), key=lambda u: u.staff_number):
            if user.position != Position.ADMINISTRATOR and offset < -1:
                with story.at(story.day(offset + 1), 8, 5):
                    acknowledge_bulletin(bulletin, by=user)
