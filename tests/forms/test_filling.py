"""The machine against the truth: which blanks of the eighteen forms it links by itself, and how.

The forms that were developed on must be right in 95 of 100 cells and wrong in none. The four set aside
were run once (RESULTS.md); here they are held at what they reached, and the matcher is not tuned on them.
"""

from __future__ import annotations

import pytest

from huiyin.config.commands.seed import seed_base
from huiyin.drill.services import building
from tests.cast import DAY
from tests.forms import scoring

pytestmark = pytest.mark.slow


@pytest.fixture
def scores(db: None) -> dict[bool, list[scoring.Score]]:
    """Set aside or not → the scores, in a city with the units of the demonstration."""
    seed_base(DAY)
    building.build(at=DAY)
    found: dict[bool, list[scoring.Score]] = {False: [], True: []}
    for truth in scoring.truths():
        found[scoring.is_set_aside(truth)].append(scoring.score(truth, DAY.date()))
    return found


def test_forms_are_filled_right_and_never_wrong(scores: dict[bool, list[scoring.Score]]) -> None:
    ours, aside = scores[False], scores[True]

    wrong = [f"{s.form}: {w}" for s in ours for w in s.wrong]
    assert not wrong, "\n".join(wrong)
    right, fillable = sum(s.right for s in ours), sum(s.fillable for s in ours)
    missed = [f"{s.form}: {m}" for s in ours for m in s.missed]
    assert right >= 0.95 * fillable, f"{right} of {fillable}\n" + "\n".join(missed)

    assert len(aside) == 4
    assert sum(s.right for s in aside) >= 110
    assert sum(len(s.wrong) for s in aside) <= 28
