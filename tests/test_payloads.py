"""The payloads, and the timelines that have them everywhere."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from timeline.document import RECORDS, Shape, keys
from timeline.errors import ModelError
from timeline.model import Modality, Result, Status
from timeline.testing import BEACON, NOW, PAYLOADS, Context, Payload, everywhere, text_fields

TEXT_FIELDS = {
    "Timeline": "title text url",
    "Source": "publisher title author url archived reliability",
    "Event": "title text places actors tags group",
    "Media": "url credit caption alt",
    "Outcome": "quote note",
    "Claim": "via phrase quote likelihood credibility condition",
    "Speaker": "name count",
}
# These have a grammar, and refuse what is none.
OTHER_FIELDS = {
    "Timeline": "id language",
    "Source": "id",
    "Event": "id duration after",
    "Recurrence": "rrule tzid",
    "Outcome": "source by",
    "Claim": "source condition_event",
}


def names(fields: dict[str, str]) -> list[str]:
    return sorted(f"{record}.{name}" for record, names in fields.items() for name in names.split())


def test_every_field_that_takes_any_text_is_known() -> None:
    """A field that fails here was added: say in which list it belongs; the payloads go into it by themselves."""
    texts = sorted(
        f"{record.__name__}.{key.name}"
        for record in RECORDS
        for key in keys(record).values()
        if key.shape in (Shape.TEXT, Shape.TEXTS)
    )
    assert sorted(text_fields()) == names(TEXT_FIELDS)
    assert texts == sorted(names(TEXT_FIELDS) + names(OTHER_FIELDS))


def test_a_text_is_in_every_field_of_every_record() -> None:
    timeline = everywhere("<any text>")
    assert (timeline.title, timeline.text, timeline.url) == ("<any text>",) * 3
    (source,) = timeline.sources
    assert {source.publisher, source.title, source.author, source.url, source.archived, source.reliability} == {
        "<any text>"
    }
    for event in timeline.events:
        assert event.media is not None
        (claim,) = event.claims
        (speaker,) = claim.speakers
        every = [event.title, event.text, event.group, *event.places, *event.actors, *event.tags]
        every += [event.media.url, event.media.credit, event.media.caption, event.media.alt]
        every += [*claim.via, claim.phrase, claim.quote, claim.likelihood, claim.credibility, claim.condition]
        every += [speaker.name, speaker.count]
        if event.outcome:
            every += [event.outcome.quote, event.outcome.note]
        assert set(every) == {"<any text>"}


def test_there_are_events_of_every_kind() -> None:
    timeline = everywhere("x")
    undecided = [event for event in timeline.events if event.outcome is None]
    assert [event.claims[0].modality for event in undecided] == list(Modality)
    assert {event.outcome.result for event in timeline.events if event.outcome} == set(Result)
    statuses = set(timeline.statuses(NOW).values())
    assert {Status.PLANNED, Status.PROJECTED, Status.DESIRED, Status.OCCURRED, Status.DID_NOT_OCCUR} <= statuses


def test_what_no_title_may_be_is_refused() -> None:
    for text in ("", " ", "\ud800"):
        with pytest.raises(ModelError):
            everywhere(text)


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.name)
def test_the_model_takes_every_payload_and_keeps_it(payload: Payload) -> None:
    assert everywhere(payload.text) == everywhere(payload.text)
    timeline = everywhere(payload.text)
    assert {timeline.events[-1].title, timeline.events[0].group, timeline.sources[0].url} == {payload.text}


def test_payloads_have_names_and_numbers_of_their_own() -> None:
    assert len({payload.name for payload in PAYLOADS}) == len({payload.text for payload in PAYLOADS}) == len(PAYLOADS)
    assert [payload.number for payload in PAYLOADS] == list(range(1, len(PAYLOADS) + 1))
    for payload in PAYLOADS:
        if payload.context is not Context.TEXT:
            assert f"window.__ran={payload.number}" in payload.text or f"{BEACON}{payload.number}" in payload.text


def as_markdown(text: str) -> str:
    """HTML by a reader that lets everything through."""
    reader = MarkdownIt("commonmark")
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    return str(reader.render(text))


def unescaped(text: str) -> str:
    while (once := html.unescape(text)) != text:
        text = once
    return text


# How a careless author puts a text there; some break out of one kind of quotes, some of another.
CARELESS: dict[Context, list[Callable[[str], str]]] = {
    Context.HTML: ["<p>{}</p>".format, "<title>{}</title>".format, "<textarea>{}</textarea>".format],
    Context.ESCAPED: [unescaped],
    Context.ATTRIBUTE: ['<a title="{}">x</a>'.format, "<a title='{}'>x</a>".format],
    Context.LINK: [lambda text: f'<a href="{html.escape(text)}">x</a>'],
    Context.STYLE: [
        "<style>x{{content:'{}'}}</style>".format,
        "<style>{}</style>".format,
        "<style>x{{color:{}}}</style>".format,
    ],
    Context.SCRIPT: [
        '<script>x = "{}"</script>'.format,
        "<script>x = '{}'</script>".format,
        "<script>x = `{}`</script>".format,
        lambda text: '<script>x = "{}"</script>'.format(text.replace('"', '\\"')),
    ],
    Context.AUTOLINK: ["<a href='{}'>x</a>".format, '<a href="{}">x</a>'.format],
    Context.MARKDOWN: [as_markdown],
}


def test_every_payload_comes_to_life_where_it_says(opened: Callable[[Path], Any], tmp_path: Path) -> None:
    """So what stays dead elsewhere was kept dead."""
    frames = [
        f'<iframe srcdoc="{html.escape(put(payload.text))}"></iframe>'
        for payload in PAYLOADS
        for put in CARELESS.get(payload.context, [])
    ]
    file = tmp_path / "careless.html"
    file.write_text("<!doctype html><meta charset=utf-8>" + "\n".join(frames), encoding="utf-8")
    page = opened(file)
    page.page.wait_for_timeout(1000)
    page.poke()
    dead = {
        payload.name for payload in PAYLOADS if payload.context is not Context.TEXT and payload.number not in page.alive
    }
    assert dead == set()
