"""Subscribes to a calendar as Evolution and GNOME Calendar do, through the data server behind them.

For the Python of the system, which alone has its bindings:
``follow_with_evolution.py <empty folder> <port> <path of the calendar on this machine>``.
Each line on standard input is a command, answered with one line of JSON: ``refresh`` asks
for the calendar again and does not wait for it; ``list`` has all events as iCalendar.

It runs a message bus of its own, with a home of its own in the folder, and ends
when its input does, after everything that it started.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

# The services of the data server that a calendar needs; a bus that knows no others starts no keyring.
_SERVICES = ("org.gnome.evolution.dataserver.Sources*.service", "org.gnome.evolution.dataserver.Calendar*.service")
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_SOURCE = """[Data Source]
DisplayName=The calendar
Enabled=true
Parent=webcal-stub

[Calendar]
BackendName=webcal

[Authentication]
Host=127.0.0.1
Port={port}
Method=none

[Security]
Method=none

[WebDAV Backend]
ResourcePath={path}

[Refresh]
Enabled=false
"""
_DO_NOT_WAIT = 0xFFFFFFFF
_PR_SET_CHILD_SUBREAPER = 36
_ADDED_TO_ENVIRONMENT = "FOLLOW_WITH_EVOLUTION_INSIDE"


def _outside(folder: Path, port: str, path: str) -> int:
    # What the bus starts would outlive it as an orphan; so it is waited for here.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    sources = folder / "config" / "evolution" / "sources"
    for each in (sources, folder / "services", folder / "runtime"):
        each.mkdir(parents=True)
    (folder / "runtime").chmod(0o700)
    (sources / "calendar.source").write_text(_SOURCE.format(port=port, path=path), encoding="utf-8")
    bus = folder / "bus.conf"
    bus.write_text(_BUS.format(folder=folder), encoding="utf-8")
    for pattern in _SERVICES:
        for service in Path("/usr/share/dbus-1/services").glob(pattern):
            (folder / "services" / service.name).symlink_to(service)
    environment = os.environ | {
        "HOME": f"{folder}",
        "TMPDIR": f"{folder}",
        "XDG_CACHE_HOME": f"{folder / 'cache'}",
        "XDG_CONFIG_HOME": f"{folder / 'config'}",
        "XDG_DATA_HOME": f"{folder / 'data'}",
        "XDG_RUNTIME_DIR": f"{folder / 'runtime'}",
        "XDG_STATE_HOME": f"{folder / 'state'}",
        "GIO_USE_VFS": "local",
        "GSETTINGS_BACKEND": "memory",
        "NO_PROXY": "127.0.0.1",
        "LC_ALL": "C.UTF-8",
        _ADDED_TO_ENVIRONMENT: "1",
    }
    command = ["dbus-run-session", f"--config-file={bus}", "--", sys.executable, __file__]
    done = subprocess.run(command, env=environment, check=False)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    return done.returncode


def _inside() -> int:
    import gi  # type: ignore[import-not-found]

    for name, version in (("EDataServer", "1.2"), ("ECal", "2.0"), ("ICalGLib", "3.0")):
        gi.require_version(name, version)
    from gi.repository import ECal, EDataServer  # type: ignore[import-not-found]

    source = EDataServer.SourceRegistry.new_sync(None).ref_source("calendar")
    client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, _DO_NOT_WAIT, None)
    for line in sys.stdin:
        answer = None
        if line == "refresh\n":
            client.refresh_sync(None)
        elif line == "list\n":
            _, components = client.get_object_list_as_comps_sync("#t", None)
            answer = [component.get_as_string() for component in components]
        else:
            message = f"found {line!r}, expected refresh or list"
            raise ValueError(message)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(_inside() if _ADDED_TO_ENVIRONMENT in os.environ else _outside(Path(sys.argv[1]), *sys.argv[2:]))
