"""Every pack is worked through by the cases that stand beside it: each rule on each of its sides, each date, each number, each gap.

What is missing is told as the case to write. `EXCEPT` is for facts of which no case can be made, each with its reason.
"""

import pytest
from tests.law import depth

from lodged.law import load
from lodged.law.tree import Pack

_ANSWERED = "a default answers it wherever a rule looks at it"
EXCEPT: dict[tuple[str, str], str] = {
    ("us-ny-nyc/9-131", "requester.enforces_immigration"): _ANSWERED,
    ("us-ny-nyc/9-131", "requester.enforces_proxy"): _ANSWERED,
    ("us-ny-nyc/9-131", "requester.only_in_part"): _ANSWERED,
    ("us-ny-nyc/10-178", "inquiry.immigration_crime"): _ANSWERED,
    ("us-ny-nyc/10-178", "inquiry.proxy_law"): _ANSWERED,
    ("us-ny-nyc/10-178c", "inquiry.immigration_crime"): _ANSWERED,
    ("us-ny-nyc/10-178c", "inquiry.proxy_law"): _ANSWERED,
    ("us-ny-nyc/4-210", "visit.not_public"): _ANSWERED,
    ("us-tx/752.053", "inquiry.purpose"): "the rule permits only what silence permits, so nothing hangs on it",
}

every_pack = pytest.mark.parametrize("pack", load().packs, ids=lambda pack: pack.id)


def told(pack: Pack, missing: list[str]) -> str:
    return "".join(f"\n{load().files[pack.id]}, pack {pack.id}: {sentence}" for sentence in missing)


@every_pack
def test_every_rule_challenge_and_settled_question_has_a_case(pack: Pack) -> None:
    missing = depth.untried(pack)
    assert not missing, told(pack, missing)


@every_pack
def test_every_date_has_a_case_on_the_day_and_the_day_before(pack: Pack) -> None:
    missing = depth.undated(pack)
    assert not missing, told(pack, missing)


@every_pack
def test_every_number_and_look_back_has_a_case_on_each_side(pack: Pack) -> None:
    missing = depth.unmeasured(pack)
    assert not missing, told(pack, missing)


@every_pack
def test_every_fact_a_rule_tests_is_left_open_by_a_case(pack: Pack) -> None:
    missing = [sentence for fact, sentence in depth.unasked(pack).items() if (pack.id, fact) not in EXCEPT]
    assert not missing, told(pack, missing)


def test_no_exception_outlives_its_reason() -> None:
    packs = load().by_id
    assert [key for key in EXCEPT if key[1] not in depth.unasked(packs[key[0]])] == []
    assert all(len(reason.split()) >= 4 for reason in EXCEPT.values())
