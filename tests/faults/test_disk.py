"""The model of a disk that loses what was not synced: what a power cut leaves of files and of their names."""

from pathlib import Path

import pytest
from faults.calls import Call, recorded
from faults.disk import Disk, images

FOLDER = "/office"


def call(name: str, path: str, content: bytes = b"", *numbers: int, other: str = "", flags: str = "") -> Call:
    return Call(name, 1, f"{FOLDER}{path}", other and f"{FOLDER}{other}", 7, content, flags, numbers, len(content))


def made(path: str) -> Call:
    return Call("openat", 1, f"{FOLDER}{path}", "", -1, b"", "O_WRONLY|O_CREAT", (), 7)


def after(*calls: Call) -> dict[str, bytes]:
    disk = Disk(FOLDER)
    for one in calls:
        disk.follow(one)
    return {path.removeprefix(FOLDER): content for path, content in disk.least().items()}


WRITTEN = (made("/new"), call("write", "/new", b"bytes"))


def test_a_file_that_nobody_synced_is_not_there() -> None:
    assert after(*WRITTEN) == {}


def test_bytes_without_a_synced_name_are_lost() -> None:
    assert after(*WRITTEN, call("fsync", "/new")) == {}


def test_a_name_without_synced_bytes_is_empty() -> None:
    assert after(*WRITTEN, call("fsync", "")) == {"/new": b""}


def test_bytes_and_name_stay() -> None:
    assert after(*WRITTEN, call("fsync", "/new"), call("fsync", "")) == {"/new": b"bytes"}


def test_a_rename_before_its_folder_is_synced_leaves_the_old_file() -> None:
    durable = (*WRITTEN, call("fsync", "/new"), call("fsync", ""))
    better = (made("/beside"), call("write", "/beside", b"better"), call("fsync", "/beside"))
    renamed = call("rename", "/beside", other="/new")
    assert after(*durable, *better, renamed)["/new"] == b"bytes"
    assert after(*durable, *better, renamed, call("fsync", "")) == {"/new": b"better"}


def test_a_write_at_a_place_and_a_cut_wait_for_the_sync_too() -> None:
    durable = (*WRITTEN, call("fsync", "/new"), call("fsync", ""))
    changed = (call("pwrite64", "/new", b"ow", 2, 1), call("ftruncate", "/new", b"", 3))
    assert after(*durable, *changed) == {"/new": b"bytes"}
    assert after(*durable, *changed, call("fdatasync", "/new")) == {"/new": b"bow"}


def test_a_file_in_a_new_folder_is_lost_until_the_folders_own_name_is_synced() -> None:
    new = (call("mkdir", "/docs"), made("/docs/new"), call("write", "/docs/new", b"bytes"), call("fsync", "/docs/new"))
    assert after(*new, call("fsync", "/docs")) == {}
    assert after(*new, call("fsync", "/docs"), call("fsync", "")) == {"/docs/new": b"bytes"}


def test_a_call_that_failed_changed_nothing() -> None:
    failed = Call("write", 1, f"{FOLDER}/new", "", 7, b"bytes", "", (), -1)
    assert after(made("/new"), failed, call("fsync", "/new"), call("fsync", "")) == {"/new": b""}


@pytest.mark.parametrize("kept", [True, False])
def test_torn_images_hold_all_or_none_of_each_sector(kept: bool) -> None:
    calls = [made("/new"), call("fsync", ""), call("write", "/new", b"x" * 700)]
    *_, (_, image, _) = images(Disk(FOLDER), calls, lambda: kept)
    assert image == {f"{FOLDER}/new": b"x" * 700 if kept else b""}


def test_an_image_is_taken_again_once_something_was_told() -> None:
    told = Call("write", 1, "pipe:[7]", "", 3, b"{}", "", (), 2)
    found = list(images(Disk(FOLDER), [*WRITTEN, told], lambda: False))
    assert [(one.name, said) for one, _, said in found] == [("openat", False), ("write", True)]


def test_a_log_of_calls_is_read_with_its_paths_and_bytes(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    log.write_text(
        '9 openat(AT_FDCWD<\\x2f>, "\\x2f\\x61", O_RDWR|O_CREAT, 0600) = 5<\\x2f\\x61>\n'
        '9 pwrite64(5<\\x2f\\x61>, "\\x68\\x69", 2, 4096) = 2\n'
        '9 write(3<pipe:[12]>, "\\x7b", 1) = 1\n'
        '9 rename("\\x2f\\x61", "\\x2f\\x62") = -1 EIO (Input/output error)\n'
        "9 +++ exited with 0 +++\n"
    )
    opened, written, told, renamed = recorded(log)
    assert (opened.path, opened.given) == ("/a", 5)
    assert "O_CREAT" in opened.flags
    assert (written.path, written.handle, written.content, written.numbers[-1]) == ("/a", 5, b"hi", 4096)
    assert told.path == "pipe:[12]"
    assert (renamed.path, renamed.other, renamed.given) == ("/a", "/b", -1)
