"""Words about the visit report. No Django here."""

from enum import StrEnum


class Variant(StrEnum):
    """Which printed form: property of 2008 (20 fields, S-163) or produce of 2012 (17 fields, S-164)."""

    PROPERTY = "property"
    PRODUCE = "produce"


class ReportState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
