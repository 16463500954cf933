"""Django's admin as KAM wants it: no door of its own, no tables of libraries, 403 for whoever may not be here."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import DecimalField, Model
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, reverse_lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kam.core.errors import BusinessError
from kam.core.forms import add_business_error

_OWN_DOORS = frozenset({"login", "logout", "password_change", "password_change_done", "view_on_site"})
#: Words of Django's own admin that it leaves in English; our catalogue has them.
LEFT_IN_ENGLISH = (
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
)
_LIBRARIES = frozenset({"auth", "account", "mfa", "sessions", "contenttypes"})


class KamAdminSite(AdminSite):
    """Signing in happens on our own pages; whoever is signed in and may not be here gets 403, not another sign-in form."""

    site_title = _("KAM administration")
    site_header = _("KAM administration")
    index_title = _("Rules, people, reference data")
    enable_nav_sidebar = True
    final_catch_all_view = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register our own models only: groups and libraries' tables decide nothing in KAM."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        ours = [model for model in models if model._meta.app_label not in _LIBRARIES]  # noqa: SLF001 -- Django's API
        if ours:
            super().register(ours, admin_class, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Leave out what our own pages do, and send strangers to our own door."""
        kept = [entry for entry in super().get_urls() if getattr(entry, "name", None) not in _OWN_DOORS]
        for entry in kept:
            view: Any = getattr(entry, "callback", None)
            if hasattr(view, "login_url"):
                view.login_url = reverse_lazy("account_login")
        return kept

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        guarded.__dict__.update(inner.__dict__)
        return guarded

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))


def nobody(_user: Any) -> bool:
    return False


#: Where a request carries why its act was refused, while its form is drawn again.
_REFUSAL = "kam_refusal"
_NEXT_LINE = SafeString("<br>")


def in_lines(line: str, rows: Iterable[tuple[Any, ...]]) -> SafeString:
    """Return a text of several lines: each row in the places of `line`, escaped."""
    return format_html_join(_NEXT_LINE, line, rows)


class KamModelAdmin(ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    """An admin class whose rights are predicates and whose saving is one service call.

    Subclasses name `may_see` and `may_edit` (predicates on a person; wrap them in staticmethod) and write `add` and `change`, which
    call services and return the row. Nothing is ever deleted here. A BusinessError is shown above what was typed, and nothing was written.
    """

    may_see: Any = staticmethod(nobody)
    may_add: Any = staticmethod(nobody)
    may_edit: Any = staticmethod(nobody)
    #: Who is offered the column `propose` of a rule's list; None: everybody who sees the list.
    may_propose: Any = None
    actions_on_top = True

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Model:
        """Make a row from the form's values by calling a service."""
        raise NotImplementedError

    def change(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Change a row by calling a service."""
        raise NotImplementedError

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Refuse to look for an amount by the address: one too long for its column would break the statement."""
        named = {field.name: field for field in self.opts.concrete_fields}
        if isinstance(named.get(lookup.partition("__")[0]), DecimalField):
            return False
        return bool(super().lookup_allowed(lookup, value, request))

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = super().get_list_display(request)
        if self.may_propose is None or self.may_propose(request.user):
            return shown
        return [column for column in shown if column != "propose"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        del obj
        return bool(self.may_see(request.user))

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        return bool(self.may_add(request.user))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        del obj
        return bool(self.may_edit(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        del request, obj
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Call the service; admin's own saving of rows is never used."""
        if change:
            self.change(request, obj, form.cleaned_data)
            return
        made = self.add(request, form.cleaned_data)
        obj.pk = made.pk
        obj.__dict__.update({key: value for key, value in made.__dict__.items() if key != "_state"})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Do nothing: the service wrote what belongs together."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except BusinessError as error:
            setattr(request, _REFUSAL, error)
            page = super().changeform_view(request, object_id, form_url, extra_context)
            page.status_code = error.status
            return page

    def get_form(self, request: HttpRequest, obj: Any = None, change: Any = False, **options: Any) -> Any:
        """Return the form; once its act was refused, one that says why and keeps what was typed."""
        form: Any = super().get_form(request, obj, change=change, **options)
        error = getattr(request, _REFUSAL, None)
        if error is None:
            return form

        def full_clean(refused: Any) -> None:
            form.full_clean(refused)
            add_business_error(refused, error)

        return type(form)(form.__name__, (form,), {"full_clean": full_clean})
