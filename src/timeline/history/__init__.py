"""What changed between two versions of a timeline, and a record of what was known when.

`diff` compares two versions and says in plain English what changed; `apply` makes the new
version of the old one. A `Ledger` is a file to which `record` appends what changed, so that it
gives back the timeline as it was recorded by any moment.
"""

from timeline.history._diff import Diff, EventChange, FieldChange, SourceChange, apply, diff
from timeline.history._ledger import LEDGER_VERSION, Entry, Ledger, record
from timeline.history._match import Matched
from timeline.history._sentences import on_one_line, source_words
from timeline.history._values import value_of

__all__ = [
    "LEDGER_VERSION",
    "Diff",
    "Entry",
    "EventChange",
    "FieldChange",
    "Ledger",
    "Matched",
    "SourceChange",
    "apply",
    "diff",
    "on_one_line",
    "record",
    "source_words",
    "value_of",
]
