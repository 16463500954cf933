from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act

register_act("pdf.document.issued", _("Document printed"))
