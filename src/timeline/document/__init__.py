"""The document people write: the keys, and the way between them and the model.

A format that holds the document (YAML, JSON) parses its own syntax into plain
dicts, lists and texts; `read` makes a `Timeline` of that and reports every fault
at once. `write`, or `header` and `event` for one piece at a time, go the other way.
"""

from timeline.document._json import walk_json
from timeline.document._keys import RECORDS, VERSION, VERSION_KEY, Key, Shape, keys
from timeline.document._reader import read
from timeline.document._text import Lines, Locate, Path, Place, Position, decode, fault, gather
from timeline.document._writer import event, header, write

__all__ = [
    "RECORDS",
    "VERSION",
    "VERSION_KEY",
    "Key",
    "Lines",
    "Locate",
    "Path",
    "Place",
    "Position",
    "Shape",
    "decode",
    "event",
    "fault",
    "gather",
    "header",
    "keys",
    "read",
    "walk_json",
    "write",
]
