"""Options of the JSON format."""

import attrs

from timeline.formats import whole_number


@attrs.frozen(kw_only=True)
class JsonOptions:
    """Options of the format.

    Attributes:
        max_bytes: How many bytes a document may have when it is read.
    """

    max_bytes: int = whole_number(default=256 * 1024 * 1024, at_least=1)
