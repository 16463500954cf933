"""How personal values look to whoever may not read them. See docs/domain/rights.md."""

DOT = "•"
_MOBILE_HEAD, _MOBILE_TAIL = 3, 4


def mask_mobile(value: str) -> str:
    """Return a mobile number with its middle hidden, `138••••5678`; short ones are hidden wholly."""
    text = value.strip()
    if len(text) <= _MOBILE_HEAD + _MOBILE_TAIL:
        return DOT * len(text)
    hidden = len(text) - _MOBILE_HEAD - _MOBILE_TAIL
    return text[:_MOBILE_HEAD] + DOT * hidden + text[-_MOBILE_TAIL:]


def mask_text(value: str) -> str:
    """Return three dots for anything that is there, so that neither content nor length shows."""
    return DOT * 3 if value.strip() else ""
