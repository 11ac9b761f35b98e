"""Policies: read as the specification says, and a quorum is only what stands above it."""

import pytest
from tests.log.invented import KEY, OTHER_KEY, SECOND_WITNESS, WITNESS, policy_of

from lodged.log.errors import NoteError
from lodged.log.policy import parse_policy, trust
from lodged.log.sign import COSIGNATURE, key_from_seed

LOG, W1, W2 = KEY.vkey, WITNESS.vkey, SECOND_WITNESS.vkey


def test_a_key_is_a_policy_that_asks_for_no_witness() -> None:
    assert trust(LOG).logs == (KEY.verify,)
    assert trust(LOG).satisfied_by([])


def test_comments_blanks_and_addresses_are_allowed() -> None:
    text = (
        f"# ours\n\n  \t# more\nlog {LOG} https://docket.example.gov/\n witness\tw {W1} https://w.example\nquorum w\n"
    )
    policy = parse_policy(text)
    assert policy.witnesses == {"w": WITNESS.verify}
    assert policy.addresses == {"w": "https://w.example"}
    assert parse_policy(policy.text) == policy


def test_a_quorum_counts_witnesses() -> None:
    for quorum, needed in ((1, 1), (2, 2)):
        policy = policy_of(WITNESS, SECOND_WITNESS, quorum=quorum)
        assert not policy.satisfied_by([])
        assert policy.satisfied_by([WITNESS.verify, SECOND_WITNESS.verify])
        assert policy.satisfied_by([WITNESS.verify]) is (needed == 1)


def test_groups_stand_in_groups() -> None:
    third = key_from_seed("third.example", b"3" * 32, COSIGNATURE)
    names = f"witness a {W1}\nwitness b {W2}\nwitness c {third.vkey}\n"
    policy = parse_policy(f"{names}group ab any a b\ngroup both all ab c\nquorum both\n")
    assert policy.satisfied_by([WITNESS.verify, third.verify])
    assert not policy.satisfied_by([WITNESS.verify, SECOND_WITNESS.verify])


def test_a_policy_is_read_back_from_its_text() -> None:
    for policy in (trust(LOG), policy_of(WITNESS, SECOND_WITNESS, quorum=2)):
        assert parse_policy(policy.text) == policy


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"log {LOG}\n",
        "quorum none\nquorum none\n",
        "quorum w\n",
        f"quorum w\nwitness w {W1}\n",
        f"log {LOG}\nlog {LOG}\nquorum none\n",
        f"log {W1}\nquorum none\n",
        f"witness w {LOG}\nquorum none\n",
        f"witness none {W1}\nquorum none\n",
        f"witness w {W1} ftp://w.example\nquorum none\n",
        f"witness w {W1}\nwitness w {W2}\nquorum none\n",
        f"witness w {W1}\nwitness v {W1}\nquorum none\n",
        f"witness w {W1}\ngroup g 2 w\nquorum g\n",
        f"witness w {W1}\ngroup g 0 w\nquorum g\n",
        f"witness w {W1}\ngroup g some w\nquorum g\n",
        f"witness w {W1}\ngroup g any\nquorum g\n",
        f"witness w {W1}\ngroup g any w w\nquorum g\n",
        f"witness w {W1}\ngroup g any w\ngroup h any w\nquorum h\n",
        "group g any g\nquorum g\n",
        "trust everybody\nquorum none\n",
        "quorum none\r\n",
        "quorum none # comments begin a line\n",
        "quorum none\n\x00",
    ],
)
def test_a_line_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        parse_policy(text)


def test_a_log_is_not_its_own_witness() -> None:
    itself = key_from_seed("another.name", b"k" * 32, COSIGNATURE)
    with pytest.raises(NoteError, match="twice"):
        parse_policy(f"log {LOG}\nwitness w {itself.vkey}\nquorum w\n")
    assert OTHER_KEY.verify.public != itself.verify.public
