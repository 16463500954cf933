"""What discounts give to the frames: acts, the kind of rule change, the prices of a campaign."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act

register_act("campaigns.discount.in_force", _("Discount rule put in force"))
