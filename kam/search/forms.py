"""Fields that are chosen by typing: they carry the chosen row only, however many there are to choose from.

    unit = PickField("accounts.unit", KeyAccount.objects.none(), label=_("Unit"))

The form sets `queryset` as with any ModelChoiceField: it alone decides what is accepted; the registered pick only finds and names
rows. Without JavaScript, and without a connection, the whole name or the code is typed: the server finds the row or says at the
field that none or several fit. A form posted without `<name>-text` (a link, a script, a test) names the row by its number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kam.core.asked import number_in
from kam.core.sentences import listed
from kam.search.registry import Pick, pick_called

#: Candidates named in the message when several fit.
NAMED = 5
TEXT = "-text"
_BETWEEN = re.compile(r"[、,，;；\n]+")


@dataclass(frozen=True, slots=True)
class Picked:
    """What came in: the number of the row that was chosen, and the text as it stands in the field."""

    pk: str
    text: str


class PickInput(forms.Widget):
    """A text field with a list below it; a hidden one beside it keeps the number of the chosen row."""

    template_name = "search/_pick.html"
    keeps_number = True

    def __init__(self, kind: str, *, within_field: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.kind = kind
        self.within_field = within_field
        self.within = ""
        self.queryset: QuerySet[Any] | None = None

    @property
    def pick(self) -> Pick:
        found = pick_called(self.kind)
        if found is None:
            raise LookupError(f"nobody registered the pick {self.kind}")
        return found

    def picked(self, value: Any) -> Picked:
        """Return what the field shows for a value: a chosen row, its number, or what somebody typed."""
        if isinstance(value, Picked):
            return value
        if isinstance(value, Model):
            return Picked(str(value.pk), self.pick.label(value))
        row = _numbered(self.queryset, value)
        return self.picked(row) if row is not None else Picked("", "")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        del files
        number = data.get(name)
        if name + TEXT not in data:
            return number
        return Picked(str(number or ""), str(data[name + TEXT]).strip())

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        del files
        return name not in data and name + TEXT not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        prefix = name.rpartition("-")[0]
        within = f"{prefix}-{self.within_field}" if prefix and self.within_field else self.within_field
        context["widget"] |= {
            "picked": self.picked(value),
            "src": reverse("pick", args=[self.kind]),
            "within_field": within,
            "within": self.within,
            "text_name": name + TEXT if self.keeps_number else name,
            "keeps_number": self.keeps_number,
            "is_many": False,
        }
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> Any:
        del renderer  # the project's templates, not those of Django's form renderer
        return render_to_string(template_name, context)


class SuggestInput(PickInput):
    """A plain text field that suggests: the form itself finds the row by the whole name or code."""

    keeps_number = False

    def picked(self, value: Any) -> Picked:
        return Picked("", str(value or ""))

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        del files
        return data.get(name)


class PickManyInput(PickInput):
    """Several rows by name, one after the other; the list completes the last one."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        del files
        numbers = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        if name + TEXT not in data:
            return numbers
        return [*numbers, *(part.strip() for part in _BETWEEN.split(data[name + TEXT]) if part.strip())]

    def picked(self, value: Any) -> Picked:
        values = list(value or [])
        numbers = [n for v in values if not isinstance(v, Model) and (n := number_in(str(v)))]
        found = self.queryset.filter(pk__in=numbers) if self.queryset is not None and numbers else []
        names = [self.pick.whole(row) for row in [*(v for v in values if isinstance(v, Model)), *found]]
        typed = [str(v) for v in values if not isinstance(v, Model) and not number_in(str(v))]
        return Picked("", "、".join([*names, *typed]))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"keeps_number": False, "is_many": True}
        return context


def row_called(pick: Pick, rows: QuerySet[Any], text: str) -> Any:
    """Return the one row with this whole name or code; a ValidationError says that none or several fit."""
    if "\x00" in text:
        raise ValidationError(_("Nothing of yours has this name or code."), "unknown")
    exact = list(pick.exact(rows, text)[: NAMED + 1])
    if len(exact) == 1:
        return exact[0]
    near = exact or list(pick.search(rows, text)[:NAMED])
    names = listed(pick.whole(row) for row in near[:NAMED])
    if exact:
        raise ValidationError(
            _("Several have this name: %(names)s. Choose one."), "ambiguous", {"names": names}
        )
    if near:
        raise ValidationError(_("Which one is meant? %(names)s"), "ambiguous", {"names": names})
    raise ValidationError(_("Nothing of yours has this name or code."), "unknown")


class PickField(forms.ModelChoiceField):  # type: ignore[type-arg]  # the model is that of the queryset
    """One row, chosen by typing."""

    widget: PickInput

    def __init__(self, kind: str, queryset: QuerySet[Any], *, within_field: str = "", **options: Any) -> None:
        super().__init__(queryset, widget=PickInput(kind, within_field=within_field), **options)

    def _set_queryset(self, queryset: QuerySet[Any] | None) -> None:
        super()._set_queryset(queryset)  # type: ignore[misc]  # of Django's field
        self.widget.queryset = self.queryset

    queryset = property(forms.ModelChoiceField._get_queryset, _set_queryset)  # type: ignore[attr-defined]  # noqa: SLF001 -- Django makes it the same way

    def prepare_value(self, value: Any) -> Any:
        return self.widget.picked(value) if isinstance(value, Model) else value

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, Picked):
            return super().to_python(value)
        if not value.text:
            return None
        if self.queryset is None:
            raise LookupError("a picked field needs its queryset")
        row = _numbered(self.queryset, value.pk)
        if row is not None and self.widget.pick.label(row) == value.text:
            return row
        return row_called(self.widget.pick, self.queryset, value.text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = str(initial.pk) if isinstance(initial, Model) else str(initial or "")
        after = (data.pk or data.text) if isinstance(data, Picked) else str(data or "")
        return not self.disabled and before != after


class PickManyField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as above
    """Several rows, each by its name."""

    widget: PickManyInput

    def __init__(self, kind: str, queryset: QuerySet[Any], **options: Any) -> None:
        super().__init__(queryset, widget=PickManyInput(kind), **options)

    def _set_queryset(self, queryset: QuerySet[Any] | None) -> None:
        super()._set_queryset(queryset)  # type: ignore[misc]  # of Django's field
        self.widget.queryset = self.queryset

    queryset = property(forms.ModelChoiceField._get_queryset, _set_queryset)  # type: ignore[attr-defined]  # noqa: SLF001 -- as above

    def prepare_value(self, value: Any) -> Any:
        return value

    def clean(self, value: Any) -> QuerySet[Any]:
        return super().clean([self._number(entry) for entry in value or []])

    def _number(self, entry: Any) -> Any:
        if isinstance(entry, Model):
            return entry.pk
        if number_in(str(entry)) or self.queryset is None:
            return entry
        return row_called(self.widget.pick, self.queryset, str(entry)).pk


def row_of(form: forms.Form, name: str) -> Any:
    """Return the row that stands in a picked field of a form that is being made, None if none does yet."""
    field = form.fields[name]
    if not form.is_bound:
        value = form.initial.get(name)
        return value if isinstance(value, Model) else _numbered(getattr(field, "queryset", None), value)
    raw = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    try:
        return field.to_python(raw)
    except ValidationError:
        return None


def _numbered(rows: QuerySet[Any] | None, value: Any) -> Any:
    number = number_in(str(value or ""))
    return rows.filter(pk=number).first() if rows is not None and number else None
