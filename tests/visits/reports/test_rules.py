"""The printed forms field by field, and what a field takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visits.reports.rules import (
    FIELDS,
    Fault,
    FieldRefusedError,
    Group,
    answered,
    changed_values,
    clean_field,
    fields_of,
    file_value,
    groups_of,
)
from visits.reports.terms import Variant

SPECS = {spec.key: spec for spec in FIELDS}


def test_s163_the_property_form_has_its_twenty_fields_in_order():
    assert [spec.key for spec in fields_of(Variant.PROPERTY)] == [
        *("headcount", "income", "main_business", "industry_text", "office_environment"),
        *("living_environment", "self_built_housing", "private_cars", "foot_traffic"),
        *("purchase_demand", "purchase_intention", "purchasing_power"),
        *("accepted_area", "accepted_price", "attention"),
        *("internal_website", "recent_activities"),
        *("promotion_time", "promotion_place", "promotion_way"),
    ]
    assert [len(specs) for specs in groups_of(Variant.PROPERTY).values()] == [9, 6, 2, 3]


def test_s164_the_produce_form_has_its_seventeen_fields_in_order():
    assert [spec.key for spec in fields_of(Variant.PRODUCE)] == [
        *("headcount", "income", "main_business", "industry_text", "office_environment"),
        *("living_environment", "foot_traffic"),
        *("gift_demand", "gift_box_intention", "purchasing_power", "accepted_price", "attention"),
        *("internal_website", "recent_activities"),
        *("promotion_time", "promotion_place", "promotion_way"),
    ]


@pytest.mark.parametrize(
    ("key", "given_value", "kept"),
    [
        ("headcount", " 1,312 ", "1312"),
        ("headcount", "0012", "12"),
        ("headcount", "9" * 12, "9" * 12),
        ("main_business", "字" * 500, "字" * 500),
        ("accepted_area", ["120", "120"], ["120", "120"]),
        ("headcount", "", ""),
        ("main_business", " 建材𠮷 ", "建材𠮷"),
        ("office_environment", "good", "good"),
        ("accepted_area", ["110", "140"], ["110", "140"]),
        ("accepted_area", ["110", ""], ["110", ""]),
        ("accepted_area", ["", ""], ""),
        ("accepted_price", ["3,200", "3,500.50"], ["3200", "3500.50"]),
    ],
)
def test_a_field_keeps_what_was_meant(key, given_value, kept):
    assert clean_field(SPECS[key], given_value) == kept


@pytest.mark.parametrize(
    ("key", "given_value", "fault"),
    [
        ("headcount", "about 300", Fault.NOT_A_COUNT),
        ("headcount", "-1", Fault.NOT_A_COUNT),
        ("headcount", "²", Fault.NOT_A_COUNT),
        ("headcount", "1" + "0" * 12, Fault.NOT_A_COUNT),
        ("office_environment", "splendid", Fault.NOT_A_CHOICE),
        ("accepted_area", ["140", "110"], Fault.TURNED_ROUND),
        ("accepted_area", ["x", ""], Fault.NOT_A_NUMBER),
        ("accepted_price", ["NaN", "1"], Fault.NOT_A_NUMBER),
        ("accepted_price", ["", "Infinity"], Fault.NOT_A_NUMBER),
        ("main_business", "字" * 501, Fault.TOO_LONG),
    ],
)
def test_a_field_refuses_what_it_does_not_take(key, given_value, fault):
    with pytest.raises(FieldRefusedError) as refused:
        clean_field(SPECS[key], given_value)
    assert refused.value.fault == fault


@given(st.sampled_from(FIELDS), st.one_of(st.text(max_size=20), st.lists(st.text(max_size=9), max_size=3)))
def test_what_was_kept_is_kept_again(spec, value):
    try:
        kept = clean_field(spec, value or "")
    except FieldRefusedError:
        return
    assert clean_field(spec, kept) == kept


def test_a_blank_answer_never_counts_as_a_change():
    before = {"industry": "steel", "main_business": "stone"}
    assert changed_values(before, {"industry": "", "main_business": "stone", "foot_traffic": "gate"}) == {
        "foot_traffic": "gate"
    }


def test_answered_counts_the_fields_of_a_group():
    values = {"purchase_demand": "flats", "accepted_area": ["110", ""], "attention": "", "industry": "steel"}
    assert answered(Variant.PROPERTY, Group.NEEDS, values) == (2, 6)


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("headcount", "120", "120"),
        ("income", ["3000", ""], {"from": "3000", "to": "3000"}),
        ("income", ["", "5000"], {"from": "5000", "to": "5000"}),
        ("purchasing_power", "medium", "3"),
    ],
)
def test_the_file_keeps_ranges_and_scales_in_its_own_shape(key, value, kept):
    assert file_value(SPECS[key], value) == kept


def test_a_line_informs_the_field_of_its_name_unless_it_says_another():
    assert SPECS["headcount"].observed_as == (SPECS["headcount"].observed or "headcount")
    assert {spec.observed_as for spec in FIELDS if spec.observed} == {
        spec.observed for spec in FIELDS if spec.observed
    }
