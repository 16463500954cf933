"""What the demo gives to the frames: its people, the warning, the logins on the sign-in page."""

from kam.core.frame import register_banner
from kam.demo.approvals import play_rule_changes
from kam.demo.cast import play_people
from kam.demo.registry import register_part
from kam.demo.selectors import banner, hints
from kam.people.registry import register_sign_in_hints

register_part(10, "people", play_people)
register_part(20, "rule_changes", play_rule_changes)
register_banner(banner)
register_sign_in_hints(hints)
