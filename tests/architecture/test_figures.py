"""Which runs of `make bench` count: one odd reading of A is the machine's, a part of the run that is dearer is not."""

import pytest

from bench.report import DRIFT, drift_of

STEADY = [2.7, 2.6, 2.8, 2.7, 2.6, 2.7, 2.8, 2.7, 2.6]


def test_one_odd_reading_moves_nothing():
    assert drift_of([*STEADY[:4], 4.5, *STEADY[5:]]) == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize("part", [slice(0, 3), slice(3, 6), slice(6, 9)])
def test_a_part_of_the_run_that_is_dearer_is_told(part):
    moved = [value * 1.4 if number in range(9)[part] else value for number, value in enumerate(STEADY)]
    assert drift_of(moved) > DRIFT


@pytest.mark.parametrize("readings", [[2.0], [2.0, 3.0]])
def test_few_readings_are_compared_as_they_are(readings):
    assert drift_of(readings) == pytest.approx(readings[-1] / readings[0] - 1)
