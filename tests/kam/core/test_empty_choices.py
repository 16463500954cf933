"""An empty choice says the house's sign for nothing, whatever made the field; what a form names itself stays."""

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH

from kam.core.forms import NOTHING_CHOSEN, BaseForm
from kam.users.models import User


class Chosen(BaseForm):
    car = forms.ModelChoiceField(User.objects.none(), required=False)
    team = forms.ModelChoiceField(User.objects.none(), empty_label="all")
    kind = forms.TypedChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")])
    mode = forms.TypedChoiceField(choices=[("", "any"), ("a", "A")])


def test_nothing_chosen_has_a_sign_of_its_own():
    form = Chosen()
    empty = {name: next(iter(field.choices))[1] for name, field in form.fields.items()}
    assert empty == {"car": NOTHING_CHOSEN, "team": "all", "kind": NOTHING_CHOSEN, "mode": "any"}
    assert "---" not in form.as_p()
