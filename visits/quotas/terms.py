"""Words about quotas. No Django here."""

from enum import StrEnum


class QuotaKey(StrEnum):
    CALLS_A_DAY = "calls_a_day"
    UNITS_A_WEEK = "units_a_week"
    A_VISITS_A_WEEK = "a_visits_a_week"
    TRIP_DAYS_A_MONTH = "trip_days_a_month"


class QuotaState(StrEnum):
    OK = "ok"
    SHORT = "short"
