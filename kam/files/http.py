"""How a room takes an uploaded file: checked at its field, attached, or the form with what was refused."""

from django.utils.translation import gettext as _

from kam.core.errors import BusinessError
from kam.core.forms import add_business_error
from kam.core.toasts import toast
from kam.files import services
from kam.files.forms import FileForm
from kam.users.http import AuthedRequest


def take_file(
    request: AuthedRequest, owner_kind: str, owner_id: object, *, pictures: bool = False
) -> tuple[FileForm, int]:
    """Attach what was sent to a record; return the form and the status: 302 done, 422 refused and nothing written.

    The caller has asked whether this person may add files to the record.
    """
    form = FileForm(request.POST, request.FILES, pictures=pictures)
    if not form.is_valid():
        return form, 422
    try:
        row = services.attach(owner_kind, owner_id, form.cleaned_data["file"], by=request.user)
    except BusinessError as error:
        add_business_error(form, error)
        return form, error.status
    toast(request, _("%(name)s added.") % {"name": row.name})
    return form, 302
