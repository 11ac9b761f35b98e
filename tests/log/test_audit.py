"""The audit: a whole log passes, and one flipped bit anywhere is found and its entry named."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.log.invented import (
    CUSTODIAN,
    KEY,
    ORIGIN,
    OTHER_KEY,
    SECOND_WITNESS,
    WITNESS,
    Tree,
    numbered_tree,
    policy_of,
    signed_note,
    tree_of,
)
from tests.log.test_store import Memory

from lodged.log.audit import audit
from lodged.log.canonical import Json
from lodged.log.checkpoint import Checkpoint
from lodged.log.entry import Clocks, Event, leaf
from lodged.log.errors import EntryError, ProofError
from lodged.log.export import Opened, Source, export, read_opened_rows, write_opened
from lodged.log.gaps import find_gaps
from lodged.log.policy import trust
from lodged.log.sign import key_from_seed

SIZE = 300
ELSEWHERE = key_from_seed("elsewhere.example", b"e" * 32)
TREE = numbered_tree(SIZE)


def written(tree: Tree, opened: list[Opened | None] | None = None) -> Memory:
    files = Memory()
    source = Source(tree.read_node, tree.entries.__getitem__, signed_note(tree).content)
    assert export(source, files.write, opened.__getitem__ if opened else None) == len(tree.entries)
    return files


WHOLE = written(TREE)


def event_at(moment: str, kind: str = "Heartbeat", facts: dict[str, Json] | None = None) -> Event:
    return Event(kind, CUSTODIAN, Clocks(moment), facts=facts or {})


def opened_log(*events: Event) -> tuple[Tree, list[Opened | None]]:
    salts = [bytes([number]) * 32 for number in range(len(events))]
    tree = tree_of([leaf(event.text(), salt) for event, salt in zip(events, salts, strict=True)])
    return tree, [Opened(event.text(), salt) for event, salt in zip(events, salts, strict=True)]


def test_a_whole_log_passes() -> None:
    found = audit(WHOLE.read, trust(KEY.vkey))
    assert (found.ok, found.trusted, found.size, found.first_bad, found.gaps) == (True, True, SIZE, None, ())
    assert found.root == signed_note(TREE).text.split("\n")[2]
    assert set(found.record()) >= {"ok", "size", "root", "first_bad", "gaps"}


def test_an_empty_log_passes() -> None:
    assert audit(written(Tree()).read, trust(KEY.vkey)).ok


def test_without_trust_a_log_is_only_consistent() -> None:
    found = audit(WHOLE.read, None)
    assert (found.ok, found.trusted) == (True, False)
    assert "nobody vouches" in str(found.why)


def test_what_is_published_holds_only_hashes() -> None:
    tree, opened = opened_log(event_at("2026-11-24T16:00:00-05:00"))
    assert set(written(tree)) == {"checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1"}
    assert "opened/000.p/1" in written(tree, opened)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_one_flipped_bit_anywhere_is_found(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(WHOLE)))
    bit = data.draw(st.integers(0, len(WHOLE[path]) * 8 - 1))
    files = Memory(WHOLE)
    flipped = bytearray(files[path])
    flipped[bit // 8] ^= 1 << (bit % 8)
    files[path] = bytes(flipped)
    found = audit(files.read, trust(KEY.vkey))
    assert not found.ok
    if path != "checkpoint":
        each = {"tile/0": 32, "tile/e": 34, "tile/1": 32 * 256}[path[:6]]
        start = 256 if "001" in path else 0
        assert found.first_bad == start + (bit // 8 // each if path[:6] != "tile/1" else 0)
        assert f"entry {found.first_bad}:" in str(found.why)


@pytest.mark.parametrize("path", sorted(WHOLE))
def test_a_missing_or_longer_file_is_found(path: str) -> None:
    missing, longer = Memory(WHOLE), Memory(WHOLE)
    del missing[path]
    longer[path] += b"\x00"
    assert not audit(missing.read, trust(KEY.vkey)).ok
    assert not audit(longer.read, trust(KEY.vkey)).ok


def test_a_log_rewritten_whole_is_found_by_its_checkpoint() -> None:
    files = written(tree_of([b"x" * 32, *TREE.entries[1:]]))
    files["checkpoint"] = WHOLE["checkpoint"]
    found = audit(files.read, trust(KEY.vkey))
    assert not found.ok
    assert "signed over others" in str(found.why)


def test_another_key_and_missing_witnesses_are_refused() -> None:
    for other in (trust(OTHER_KEY.vkey), policy_of(WITNESS, SECOND_WITNESS), trust(ELSEWHERE.vkey)):
        assert not audit(WHOLE.read, other).ok


def test_a_checkpoint_of_another_tree_is_not_written_out() -> None:
    source = Source(TREE.read_node, TREE.entries.__getitem__, signed_note(tree_of([b"x" * 32])).content)
    with pytest.raises(ProofError, match="another root"):
        export(source, Memory().write)


def test_an_opened_event_must_open_its_leaf() -> None:
    tree, opened = opened_log(*(event_at(f"2026-11-24T16:{minute:02}:00-05:00") for minute in (0, 10, 20)))
    assert audit(written(tree, opened).read, trust(KEY.vkey)).opened == 3
    changed: list[Opened | None] = [
        opened[0],
        Opened(event_at("2026-11-24T16:11:00-05:00").text(), bytes([1]) * 32),
        None,
    ]
    found = audit(written(tree, changed).read, trust(KEY.vkey))
    assert (found.ok, found.first_bad) == (False, 1)


def remembering(heads: list[str | None]) -> Memory:
    """A log whose entries remember these heads."""
    moments = (f"2026-11-24T16:{minute:02}:00-05:00" for minute in range(0, 60, 10))
    events = [
        Event("Heartbeat", CUSTODIAN, Clocks(moment), cosigned=head)
        for moment, head in zip(moments, heads, strict=False)
    ]
    return written(*opened_log(*events))


def test_a_head_that_an_entry_remembers_must_be_one_that_the_log_had() -> None:
    tree, _ = opened_log(event_at("2026-11-24T16:00:00-05:00"))
    had = Checkpoint(ORIGIN, 1, tree.root()).text
    assert audit(remembering([None, had, had]).read, trust(KEY.vkey)).ok
    never = Checkpoint(ORIGIN, 1, bytes(32)).text
    for heads, first_bad in (
        ([None, had, never], 2),
        ([had, had], 0),
        ([None, "no head"], 1),
    ):
        found = audit(remembering(heads).read, trust(KEY.vkey))
        assert (found.ok, found.first_bad) == (False, first_bad)
        assert "remembers" in str(found.why)


def test_a_head_of_another_epoch_is_not_judged() -> None:
    elsewhere = Checkpoint("docket.example.gov/0", 7, bytes(32)).text
    assert audit(remembering([elsewhere]).read, trust(KEY.vkey)).ok


def test_an_entry_closed_for_ever_still_passes() -> None:
    tree, opened = opened_log(*(event_at(f"2026-11-24T16:{minute:02}:00-05:00") for minute in (0, 10, 20)))
    found = audit(written(tree, [opened[0], None, opened[2]]).read, trust(KEY.vkey))
    assert (found.ok, found.opened, found.gaps) == (True, 2, ())


@pytest.mark.parametrize(
    "content", [b"", b"[]\n", b"[null]", b"[1]\n", b'[{"event":{},"salt":"zz"}]\n', b"[null,\nnull]\n"]
)
def test_rows_that_do_not_open_one_entry_are_refused(content: bytes) -> None:
    with pytest.raises(EntryError):
        read_opened_rows(content, 1)


def test_rows_are_read_back() -> None:
    _, opened = opened_log(event_at("2026-11-24T16:00:00-05:00"))
    assert list(read_opened_rows(write_opened([*opened, None]), 2)) == [*opened, None]


def test_a_gap_is_longer_than_a_heartbeat_may_be_late() -> None:
    beats = [event_at(f"2026-11-24T16:{minute:02}:00-05:00") for minute in (0, 15, 35, 56)]
    gaps = find_gaps(beats)
    assert [(gap.since, gap.until) for gap in gaps] == [("2026-11-24T16:35:00-05:00", "2026-11-24T16:56:00-05:00")]
    assert find_gaps(beats, timedelta(hours=1)) == ()


def test_a_change_of_offset_is_no_gap() -> None:
    assert find_gaps([event_at("2026-11-01T01:59:00-04:00"), event_at("2026-11-01T01:01:00-05:00")]) == ()


def test_a_clock_put_back_is_told() -> None:
    gaps = find_gaps([event_at("2026-11-24T16:30:00-05:00"), event_at("2026-11-24T16:00:00-05:00")])
    assert [gap.what for gap in gaps] == ["the clock went back by 30 minutes"]


def test_a_line_that_was_down_and_a_clock_that_was_off_are_told() -> None:
    told: list[dict[str, Json]] = [
        {"lines": {"fax0": "up"}, "clock_offset_s": 3},
        {"lines": {"fax0": "busy", "fax1": "up"}, "clock_offset_s": -61},
        {"lines": {"fax0": "up"}, "clock_offset_s": 90},
        {"lines": {}, "clock_offset_s": None},
    ]
    beats = [event_at(f"2026-11-24T16:{15 * number:02}:00-05:00", facts=facts) for number, facts in enumerate(told)]
    assert [(gap.since[11:16], gap.until[11:16], gap.what) for gap in find_gaps(beats)] == [
        ("16:00", "16:15", "the line `fax0` was not up: busy"),
        ("16:00", "16:15", "the clock was 61 seconds ahead"),
        ("16:15", "16:30", "the clock was 90 seconds behind"),
    ]


def test_closed_entries_between_are_counted() -> None:
    gaps = find_gaps([event_at("2026-11-24T16:00:00-05:00"), None, None, event_at("2026-11-24T17:00:00-05:00")])
    assert [gap.what for gap in gaps] == ["2 closed entries in 60 minutes; a heartbeat is due every 15"]


def test_a_declared_gap_is_told_in_its_own_words() -> None:
    told: dict[str, Json] = {"from": "2026-11-23T09:00:00-05:00", "to": "2026-11-24T16:00:00-05:00", "what": "restored"}
    tree, opened = opened_log(event_at("2026-11-24T16:00:00-05:00", "GapStatement", told))
    found = audit(written(tree, opened).read, trust(KEY.vkey))
    assert found.ok
    assert found.record()["gaps"] == [{**told, "what": "declared: restored"}]
