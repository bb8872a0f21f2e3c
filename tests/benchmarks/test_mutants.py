"""A mutant that no longer fits the house proves nothing."""

import pytest

from benchmarks.mutants import MUTANTS, fits


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_each_mutant_still_changes_something(mutant):
    assert fits(mutant)
