"""The HTML that shows a published page on another website."""

from __future__ import annotations

from html import escape

from timeline.errors import OptionError
from timeline_timelinejs import markup
from timeline_web._assets import CDN_HOST, INTEGRITY, VERSION

FORMS = ("iframe", "script")

# The page tells its height; only what comes from such a frame counts, for that frame, and only as a number.
_IFRAME = """<iframe class="timeline-embed" src="{url}" title="{title}" width="100%" height="{height}" loading="lazy"
  sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads" allow="clipboard-write"
  referrerpolicy="strict-origin-when-cross-origin"
  style="border: 0; width: 100%; max-width: 100%"></iframe>
<script>
addEventListener("message", function (message) {{
  if (!message.data || message.data.type !== "timeline:height" || !(message.data.height > 0)) return;
  document.querySelectorAll("iframe.timeline-embed").forEach(function (frame) {{
    if (message.source === frame.contentWindow) frame.height = Math.ceil(message.data.height);
  }});
}});
</script>
"""
_SCRIPT = """<link rel="stylesheet" href="{base}/css/timeline.css" integrity="{css}" crossorigin="anonymous">
<div id="{id}" style="width: 100%; height: {height}px" role="region" aria-label="{title}"></div>
<script src="{base}/js/timeline.js" integrity="{js}" crossorigin="anonymous"></script>
<script>
fetch("{url}").then(function (answer) {{ return answer.json(); }}).then(function (data) {{
  new TL.Timeline("{id}", data, {{font: null, script_path: "{base}/js/", timenav_height_percentage: 40}});
}});
</script>
"""
_LEAST_HEIGHT = 200


def snippet(url: str, *, title: str, form: str, height: int, data: str | None) -> str:
    """The HTML; see `timeline_web.embed`.

    Raises:
        OptionError: An address is none of the web, or there is no such form, or no such height.
    """
    if form not in FORMS:
        message = f"found form {form}, expected one of: {', '.join(FORMS)}"
        raise OptionError(message)
    if not isinstance(height, int) or height < _LEAST_HEIGHT:  # type: ignore[redundant-expr] # callers without types
        message = f"found height {height}, expected {_LEAST_HEIGHT} pixels or more"
        raise OptionError(message)
    shown = data if form == "script" and data else url
    if not markup.is_link(shown):
        message = f"found address {shown}, expected one of the web, such as https://example.org/story/"
        raise OptionError(message)
    if form == "iframe":
        return _IFRAME.format(url=escape(shown), title=escape(title), height=height)
    return _SCRIPT.format(
        id=f"timeline-{_slug(shown)}",
        # In a script no character of an address may end the string or the element: `is_link` lets none such through
        # but "&", which is itself there.
        url=shown,
        title=escape(title),
        height=height,
        base=f"{CDN_HOST}/npm/@knight-lab/timelinejs@{VERSION}/dist",
        css=INTEGRITY["css/timeline.css"],
        js=INTEGRITY["js/timeline.js"],
    )


def _slug(url: str) -> str:
    """An id that two snippets on one page do not share, unless they show the same."""
    import hashlib  # noqa: PLC0415 - only wanted here

    return hashlib.sha256(url.encode()).hexdigest()[:8]
