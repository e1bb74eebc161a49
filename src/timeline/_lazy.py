"""Names of a package that are imported when they are first used (PEP 562)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def on_first_use(
    package: str, names: dict[str, object], home: Mapping[str, tuple[str, ...]]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Make the ``__getattr__`` and ``__dir__`` of a package.

    Args:
        package: Its name.
        names: Its ``globals()``, with ``__all__``.
        home: The names by the modules of the package that have them.
    """
    module_of = {name: module for module, own in home.items() for name in own}

    def get(name: str) -> object:
        if name not in module_of:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message)
        names[name] = getattr(import_module(f"{package}.{module_of[name]}"), name)
        return names[name]

    def known() -> list[str]:
        public = names["__all__"]
        assert isinstance(public, list)
        return sorted({*names, *public})

    return get, known
