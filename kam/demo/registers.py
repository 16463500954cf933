"""What the demo gives to the frames: its people, the warning, the logins on the sign-in page."""

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_system
from kam.core.frame import register_banner
from kam.demo.approvals import play_rule_changes
from kam.demo.cast import play_people
from kam.demo.registry import register_part
from kam.demo.rest import play_leave, play_tasks
from kam.demo.selectors import banner, hints, logins_with_the_public_password
from kam.demo.staff import play_job_sheets, play_proposals
from kam.ops.registry import Check, Finding, register_check
from kam.people.registry import register_sign_in_hints

register_system("demo.", _("Demo data"))
register_part(10, "people", play_people)
register_part(20, "rule_changes", play_rule_changes)
register_part(22, "job_sheets", play_job_sheets)
register_part(86, "proposals", play_proposals)
register_part(75, "tasks", play_tasks)
register_part(85, "leave", play_leave)
register_banner(banner)
register_sign_in_hints(hints)


def no_public_passwords() -> Finding:
    """On a laptop the demo's passwords are meant to work; in production none may."""
    logins = logins_with_the_public_password()
    if not logins:
        return Finding(True, gettext("no demo password works"))
    text = gettext("the public demo password opens %(names)s") % {"names": ", ".join(logins)}
    return Finding(settings.LAPTOP, text)


register_check(Check("demo_passwords", _("Demo passwords"), no_public_passwords))
