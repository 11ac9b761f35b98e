"""The tree as it lies in the database: how large it is, its nodes, its root.

Written in SQL and not in querysets: a dozen of these small reads stand inside every transaction of the docket.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from lodged.log.errors import TreeError
from lodged.log.tree import Node, root_at
from lodged.office.seals.models import Entry

NEW_ENTRY = (
    'INSERT INTO seals_entry ("index", kind, "at", event, salt, leaf, openings) VALUES (%s, %s, %s, %s, %s, %s, %s)'
)
NEW_NODE = 'INSERT INTO seals_node (level, "index", hash) VALUES (%s, %s, %s)'


def size() -> int:
    """How many entries there are: the indexes run from 0 without a gap."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT MAX("index") FROM seals_entry')
        last: int | None = cursor.fetchone()[0]
    return 0 if last is None else last + 1


def read_node(level: int, index: int) -> bytes:
    """The hash of one complete subtree; raises `TreeError` where it was never made."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT hash FROM seals_node WHERE level = %s AND "index" = %s', [level, index])
        found = cursor.fetchone()
    if found is None:
        raise TreeError(f"node {index} of level {level} is not in the tree")
    return bytes(found[0])


def keep_entries(entries: Sequence[Entry]) -> None:
    """Write new entries, every column of them as Django would."""
    ops = connection.ops
    rows: list[list[Any]] = [
        [
            entry.index,
            entry.kind,
            ops.adapt_datetimefield_value(entry.at),
            bytes(entry.event),
            bytes(entry.salt),
            bytes(entry.leaf),
            ops.adapt_json_value(entry.openings, None),
        ]
        for entry in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany(NEW_ENTRY, rows)


def keep_nodes(nodes: Iterable[Node]) -> None:
    """Write the nodes that came into being; a second hash for one node is refused by the table itself."""
    with connection.cursor() as cursor:
        cursor.executemany(NEW_NODE, [[node.level, node.index, node.hash] for node in nodes])


def root(of: int) -> bytes:
    """The root over the first `of` entries."""
    return root_at(of, read_node)
