"""The one act the audit's own tests write; its label is a text translators have, so no page shows bare English."""

from django.utils.translation import gettext_lazy

from kam.audit.registry import register_act

THING_CHANGED = register_act("tests.thing.changed", gettext_lazy("Visit"))
