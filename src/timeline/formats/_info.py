"""What there is to know of a format, and the options it takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from timeline.errors import LanguageError, ModelError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.formats._losses import Feature

_NAME = re.compile(r"[a-z][a-z0-9-]*")


@attrs.frozen(kw_only=True)
class NoOptions:
    """The options of a format that takes none."""


def _suffixes(value: Iterable[str]) -> tuple[str, ...]:
    suffixes = tuple(suffix.lower() for suffix in value)
    if not suffixes or any(not suffix.startswith(".") for suffix in suffixes):
        raise ModelError(("suffixes",), repr(suffixes), "one or more file name endings, each with its dot")
    return suffixes


def _features(value: Iterable[Feature]) -> frozenset[Feature]:
    return frozenset(value)


def _check_name(_owner: object, _field: object, value: str) -> None:
    if not _NAME.fullmatch(value):
        raise ModelError(("name",), repr(value), "small letters, digits and '-', beginning with a letter")


@attrs.frozen(kw_only=True)
class FormatInfo:
    """What there is to know of a format without loading what reads or writes it.

    Attributes:
        name: What users call it: ``ical``. Unique among installed plugins.
        title: What it is, in a few words.
        media_type: Media type with parameters (RFC 6838).
        suffixes: File name endings with the dot; the first is the default.
        carries: What it holds without loss.
        options: A frozen attrs class; its fields are the options.
        starts: What the text of such a file may begin with, for input without a
            name. The longest that fits wins; an empty one fits everything.
    """

    name: str = attrs.field(validator=_check_name)
    title: str
    media_type: str
    suffixes: tuple[str, ...] = attrs.field(converter=_suffixes)
    carries: frozenset[Feature] = attrs.field(converter=_features)
    options: type = NoOptions
    starts: tuple[bytes, ...] = ()

    def known_options(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Those of the values that are options of the format."""
        names = {field.name for field in attrs.fields(self.options)}
        return {key: value for key, value in values.items() if key.replace("-", "_") in names}

    def make_options(self, values: Mapping[str, Any] | object | None = None) -> Any:
        """An instance of `options`.

        Args:
            values: None for the defaults, an instance of `options`, or a mapping of
                option names to values; text values (from a command line) are
                converted to the type of the option.

        Raises:
            OptionError: An option that the format does not take, or a bad value.
        """
        if values is None:
            return self.options()
        if isinstance(values, self.options):
            return values
        if not hasattr(values, "items"):
            message = f"expected a mapping or {self.options.__name__}, found {type(values).__name__}"
            raise OptionError(message)
        fields = {field.name: field for field in attrs.fields(self.options)}
        chosen: dict[str, Any] = {}
        for key, value in values.items():
            name = key.replace("-", "_")
            if name not in fields:
                known = ", ".join(sorted(fields)) or "none"
                message = f"found option {self.name}.{key}, expected one of: {known}"
                raise OptionError(message)
            chosen[name] = value
        try:
            return self.options(**chosen)
        except (TypeError, ValueError) as error:
            message = f"an option of {self.name}: {error}"
            raise OptionError(message) from error


def choice(*values: str, default: str) -> Any:
    """An attrs field for an option that is one of a few words."""

    def check(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
        if value not in values:
            message = f"found {field.name}={value}, expected one of: {', '.join(values)}"
            raise ValueError(message)

    return attrs.field(default=default, validator=check, metadata={"choices": values})


def output_language() -> Any:
    """An attrs field for an option that is a language of `timeline.labels`; None for that of the timeline."""

    def check(_owner: object, field: attrs.Attribute[Any], value: str | None) -> None:
        if value is None:
            return
        from timeline.labels import labels  # noqa: PLC0415 - most outputs are in the language of the timeline

        try:
            labels(value)
        except LanguageError as error:
            message = f"found {field.name}={value}, expected a language that outputs can be in: {error}"
            raise ValueError(message) from error

    return attrs.field(default=None, converter=lambda value: value or None, validator=check)


def whole_number(*, default: int, at_least: int = 0) -> Any:
    """An attrs field for an option that is a whole number."""

    def convert(value: object, field: attrs.Attribute[Any]) -> int:
        number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
        if not isinstance(number, int) or isinstance(number, bool) or number < at_least:
            message = f"found {field.name}={value}, expected a whole number, {at_least} or more"
            raise ValueError(message)
        return number

    return attrs.field(default=default, converter=attrs.Converter(convert, takes_field=True))
