/* Brings the page to life: the last of the scripts. What it shows is in the page or beside it; it asks nobody else. */
"use strict";

window.timelinePage = window.timelinePage || {};

((page) => {
  const { kit } = page;
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("page-data").textContent);
  const text = kit.words(data.labels);
  const total = data.chapters.reduce((sum, { count }) => sum + count, 0);
  const now = data.asOf.now;
  const stops = data.asOf.stops.filter(([day]) => day < now);

  document.documentElement.classList.add("js");

  /* What comes from beside the page. */
  const coming = new Map();
  const came = new Map(data.index ? [["index", data.index]] : []);

  /** Called by the files of the folder "data" with what they have. */
  page.take = (name, payload) => {
    came.set(name, payload);
    coming.get(name)?.resolve(payload);
  };

  const fetched = (name) => {
    if (came.has(name)) return Promise.resolve(came.get(name));
    if (!coming.has(name)) {
      const wanted = {};
      wanted.promise = new Promise((resolve, reject) => Object.assign(wanted, { resolve, reject }));
      coming.set(name, wanted);
      const script = document.createElement("script");
      script.src = `data/${encodeURIComponent(name)}.js`;
      script.addEventListener("error", () => {
        coming.delete(name);
        wanted.reject(new Error(name));
      });
      document.head.append(script);
    }
    return coming.get(name).promise;
  };

  const payloads = new Map([[data.current, data.current_chapter]]);
  const payloadOf = async (number) => {
    if (!payloads.has(number)) {
      const { id } = data.chapters[number];
      const block = data.single ? byId(`data-${id}`) : null;
      payloads.set(number, block ? JSON.parse(block.textContent) : await fetched(id));
    }
    return payloads.get(number);
  };

  /* What is shown. */
  const filter = new page.Filter(data);
  const overview = new page.Overview(data, text);
  const canDraw = data.drawing && window.TL && byId("drawing");
  const drawing = canDraw ? new page.Drawing(byId("drawing"), data.drawing, mark) : null;
  const sections = [...document.querySelectorAll("#events > section")];
  let current = data.current;
  let day = null;
  let statuses = new Map();
  let list = null;
  let asked = 0;
  let going = 0;

  const sectionOf = (number) => sections.find((section) => Number(section.dataset.chapter) === number) ?? sections[0];
  const rows = () => came.get("index");

  /** How far an event is a fact: its element says so, or will when it is built. */
  const certaintyOf = ({ shown, event }) => (shown ?? kit.parsed(event.html)).dataset.certainty;

  const draw = () => {
    if (!drawing) return;
    const drawn = list.seen.map((item) => {
      const slide = list.slideOf(item);
      if (item.shown) item.shown.querySelector(".to-drawing").hidden = !slide;
      return { id: item.event.id, slide, certainty: certaintyOf(item) };
    });
    drawing.draw(drawn.filter(({ slide }) => slide), dayAndWords());
  };
  /** The day on which all is looked at, and what it is called. */
  const dayAndWords = () => {
    const [ordinal, words] = data.asOf.stops.find(([stop]) => stop === (day ?? now)) ?? [now, ""];
    return { day: ordinal, words };
  };
  const drawSoon = kit.unhurried(draw, 300);

  const arrange = async () => {
    const all = filter.isEmpty && day === null;
    if (!all && !rows()) {
      const turn = (asked += 1);
      byId("filters").classList.add("active");
      say(text("Loading…"));
      try {
        await fetched("index");
      } catch {
        say(text("This could not be loaded."));
        return;
      }
      if (turn !== asked) return;
    }
    if (all) {
      asked += 1;
      list.arrange(null, () => true);
      report(null);
      return;
    }
    if (!statuses.size) statuses = page.index.statusesOf(rows(), current);
    const { counts, ids } = filter.matches(rows(), day, current);
    list.arrange(day, (event, status) => ids.has(event.id) && filter.wants(status ?? statuses.get(event.id)));
    counts[current] = list.seen.length;
    report(counts);
  };

  const say = (words) => {
    if (byId("count").textContent !== words) byId("count").textContent = words;
  };

  /** Says how many events match, here and in the other chapters. */
  const report = (counts) => {
    const shown = counts === null ? total : counts.reduce((sum, count) => sum + count, 0);
    say(shown ? text("{shown} of {all} events", { shown, all: total }) : text("No event matches."));
    byId("filters").classList.toggle("active", counts !== null);
    byId("clear").hidden = counts === null;
    byId("filters").classList.toggle("past", day !== null);
    overview.count(counts);
    byId("next-match").hidden = counts === null || nextMatch(counts) < 0;
    byId("next-match").dataset.chapter = counts === null ? "" : nextMatch(counts);
    drawSoon();
  };

  /** The chapter after this one that has a match, round the end; -1 if no other has. */
  const nextMatch = (counts) => {
    for (let step = 1; step < counts.length; step += 1) {
      const number = (current + step) % counts.length;
      if (counts[number]) return number;
    }
    return -1;
  };

  /** Marks the event whose slide is shown. It stays where it is: somebody may be reading elsewhere. */
  function mark(id) {
    document.querySelector("#events .event[aria-current]")?.removeAttribute("aria-current");
    if (id !== null) list.find(id)?.shown?.setAttribute("aria-current", "true");
  }

  /** Shows a chapter; whether it could be. */
  const show = async (number, focus = true) => {
    const section = sectionOf(number);
    const heading = section.querySelector("h2");
    const turn = (going += 1);
    if (number !== current) {
      byId("events").setAttribute("aria-busy", "true");
      let payload;
      try {
        payload = await payloadOf(number);
      } catch {
        say(text("This could not be loaded."));
        byId("filters").classList.add("active");
        byId("events").removeAttribute("aria-busy");
        return false;
      }
      if (turn !== going) return false;
      list.leave();
      current = number;
      statuses = new Map();
      for (const other of sections) other.hidden = other !== section;
      section.dataset.chapter = number;
      if (!data.single) {
        const strip = document.querySelector(`.strip a[data-chapter="${number}"]`);
        heading.firstChild.textContent = `${data.chapters[number].label} `;
        heading.querySelector(".number").textContent = strip.dataset.counted;
      }
      list = new page.List(section.querySelector("ol"), payload);
      list.filled.then(() => byId("events").removeAttribute("aria-busy"));
      overview.show(number);
      await arrange();
    }
    if (focus) {
      heading.focus({ preventScroll: true });
      heading.scrollIntoView({ block: "start" });
    }
    return true;
  };

  const clear = () => {
    byId("filters").reset();
    if (stops.length) byId("as-of-stop").value = stops.length;
    read();
  };

  /** Takes what stands in the fields. */
  const read = () => {
    const value = (id) => byId(id)?.value ?? "";
    filter.read({
      text: value("filter-text"),
      status: value("filter-status"),
      tag: value("filter-tag"),
      source: value("filter-source"),
    });
    const stop = stops.length ? Number(byId("as-of-stop").value) : 0;
    const [ordinal, words] = stops[stop] ?? [null, null];
    day = ordinal;
    const said = day === null ? text("Now") : text("As known on {date}", { date: words });
    byId("as-of-day").textContent = said;
    byId("as-of-stop").setAttribute("aria-valuetext", said);
    return arrange();
  };

  const goToEvent = async (id) => {
    let item = list.find(id);
    if (!item) {
      const number = page.index.chapterOf(await fetched("index").catch(() => []), id);
      if (number < 0 || !(await show(number, false))) return;
      item = list.find(id);
    }
    if (item.wanted === null) await clear();
    list.finish();
    mark(id);
    item.shown.scrollIntoView({ block: "start" });
    item.shown.querySelector(".when a").focus({ preventScroll: true });
  };

  /** Goes to where an address leads: "#chapter-1943", "#e-event". */
  const follow = (hash) => {
    const name = kit.tried(() => decodeURIComponent(hash.slice(1)), "");
    const number = data.chapters.findIndex(({ id }) => name === `chapter-${id}`);
    if (number >= 0) show(number);
    else if (name.startsWith("e-")) goToEvent(name.slice(2));
  };

  const remember = (number) => {
    const hash = `#chapter-${data.chapters[number].id}`;
    // Going back is for the page around, where there is one.
    kit.tried(() => history[window.parent === window ? "pushState" : "replaceState"](null, "", hash));
  };

  document.addEventListener("click", (event) => {
    const otherwise = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || otherwise) return;
    const chosen = event.target.closest?.("a[data-chapter], #next-match");
    if (chosen) {
      event.preventDefault();
      const number = Number(chosen.dataset.chapter);
      show(number).then((shown) => shown && remember(number));
      return;
    }
    const button = event.target.closest?.(".to-drawing");
    if (button && drawing?.goTo(button.closest(".event").dataset.event)) {
      byId("drawing").scrollIntoView({ block: "nearest" });
      byId("drawing").querySelector(".canvas, .tl-timeline").focus({ preventScroll: true });
      return;
    }
    // To an event that is hidden, or in another chapter.
    const [, id] = /^[^:?#]*#e-(.+)$/.exec(event.target.closest?.("#events a")?.getAttribute("href") ?? "") ?? [];
    const name = id && kit.tried(() => decodeURIComponent(id));
    if (!name || list.find(name)?.shown?.hidden === false) return;
    event.preventDefault();
    goToEvent(name);
  });

  window.addEventListener("popstate", () => follow(location.hash));

  /* The beginning. */
  for (const section of sections) section.hidden = section !== sectionOf(current);
  list = new page.List(sectionOf(current).querySelector("ol"), data.current_chapter);
  byId("filters").hidden = false;
  if (stops.length) {
    byId("as-of-stop").max = stops.length;
    byId("as-of").hidden = false;
  }
  const search = kit.unhurried(read, 150);
  byId("filters").addEventListener("input", (event) => (event.target.type === "search" ? search() : read()));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", () => {
    clear();
    byId("filter-text")?.focus();
  });
  page.controls.theme(text);
  page.controls.subscribe(text);
  page.controls.menus();
  page.controls.printing(() => list.finish());
  page.controls.embedded();
  // What the browser kept of a visit before stands in the fields, too.
  if (stops.length) byId("as-of-stop").value = stops.length;
  // First the list is painted, then the drawing is made.
  requestAnimationFrame(() => setTimeout(draw));
  if (location.hash) {
    // Where one was before on the page is not where the address leads.
    kit.tried(() => {
      history.scrollRestoration = "manual";
    });
    follow(location.hash);
  }
})(window.timelinePage);
