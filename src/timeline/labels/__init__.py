"""The words that outputs have of their own, in the languages of `When.humanize`.

``labels("de")`` gives them in German: headings, the words for statuses, buttons of a page.
Exporters and pages take their words from here, so that a timeline is in one language whole.
"""

from timeline.labels._catalogue import Labels, isolated, labels
from timeline.labels._labels import Label, Plural

__all__ = ["Label", "Labels", "Plural", "isolated", "labels"]
