"""Configuration of Sphinx."""

from __future__ import annotations

import inspect
from enum import Enum
from typing import TYPE_CHECKING, Any

from sphinx.ext.napoleon import GoogleDocstring
from sphinx.util.logging import getLogger

import timeline

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "timeline"
author = "The timeline authors"
copyright = author
version = release = timeline.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "changelog.d"]
html_theme = "furo"
html_title = project

# Single backticks in docstrings name something of the library.
default_role = "py:obj"
autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_member_order = "bysource"
napoleon_numpy_docstring = False

nitpicky = True
nitpick_ignore_regex = [
    # Not ours, and the documentation of others is not at hand where there is no network.
    (r"py:.*", r"(attrs|click|datetime|dateutil|enum|hypothesis|importlib|math|os|pathlib|str)\..*"),
    # Names that stand for such types in annotations, or for a choice of types.
    (
        r"py:class",
        r"(fields\.)?Dated|EntryPoint|Member|MonthDay|SearchStrategy|Style|Window|_Item|date|datetime|timedelta|tzinfo",
    ),
    (r"py:class", r".*_temporal\.Taken"),
]


def _names() -> str:
    """A table of what is in `timeline` itself: nobody has to keep it up to date."""
    rows = ["| name | what it is |", "|---|---|"]
    for name in timeline.__all__:
        value = getattr(timeline, name)
        if callable(value):
            meaning = (inspect.getdoc(value) or "").partition("\n")[0]
            home = timeline._MODULE_OF.get(name, "")  # noqa: SLF001 - where it is documented
            rows.append(f"| {{py:obj}}`{name} <timeline.{home}.{name}>` | {meaning} |")
    return "\n".join(rows)


myst_enable_extensions = ["substitution"]
myst_substitutions = {"names": _names()}


def _plain_attributes(app: Sphinx, what: str, _name: str, _value: object, _options: object, lines: list[str]) -> None:
    """Read the docstring of an attribute as that of a method.

    Napoleon takes "One unit: 2024" for a type and its meaning, and leaves out "Raises".
    """
    if what in ("attribute", "data", "property"):
        # What Napoleon does next looks at the first line only.
        lines[:] = ["..", "", *GoogleDocstring(lines, app.config, app, "method").lines()]


def _by_ending(app: Sphinx, env: BuildEnvironment, node: Any, content: nodes.TextElement) -> nodes.Element | None:
    """Find `When` for `timeline.when.When`: docstrings use the short names."""
    if node.get("refdomain") != "py":
        return None
    node["refspecific"] = True
    python = env.domains.python_domain
    return python.resolve_xref(env, node["refdoc"], app.builder, "obj", node["reftarget"], node, content)


def _skip(_app: Sphinx, _what: str, _name: str, value: object, _skip: object, _options: object) -> bool | None:
    """Show members of enumerations that need no words; show no field twice."""
    if isinstance(value, Enum):
        return False
    # Python gives the fields of a named tuple a docstring; ours is in its class.
    return True if inspect.isdatadescriptor(value) and type(value).__name__ == "_tuplegetter" else None


def _complete(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of public names without a place in the reference."""
    known = env.domains.python_domain.objects
    for module in (timeline.document, timeline.formats, timeline.testing, timeline.when):
        for name in module.__all__:
            if f"{module.__name__}.{name}" not in known:
                getLogger(__name__).warning("%s.%s is public and not documented", module.__name__, name)


def setup(app: Sphinx) -> None:
    """Connect what is above."""
    app.connect("autodoc-process-docstring", _plain_attributes, priority=400)
    app.connect("autodoc-skip-member", _skip)
    app.connect("env-check-consistency", _complete)
    app.connect("missing-reference", _by_ending)
