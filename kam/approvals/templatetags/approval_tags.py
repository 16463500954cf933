"""Amounts as the department writes them: 104,832.00 in every language."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import template

register = template.Library()


@register.filter
def yuan(amount: Any) -> str:
    """Return an amount with commas and two decimals; what is no number stays as it is."""
    try:
        return f"{Decimal(str(amount)):,.2f}"
    except InvalidOperation:
        return str(amount)
