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
  /** What stands in the page, as it does of every chapter if the page is all there is. */
  const payloadHere = (number) => {
    const block = data.single ? byId(`data-${data.chapters[number].id}`) : null;
    if (block && !payloads.has(number)) payloads.set(number, JSON.parse(block.textContent));
    return payloads.get(number);
  };
  const payloadOf = async (number) => {
    if (!payloadHere(number)) payloads.set(number, await fetched(data.chapters[number].id));
    return payloads.get(number);
  };

  /* What is shown. */
  const filter = new page.Filter(data);
  const overview = new page.Overview(data, text);
  const canDraw = data.drawing && window.TL && byId("drawing");
  const drawing = canDraw ? new page.Drawing(byId("drawing"), data.drawing, text, mark) : null;
  const whole = new page.controls.Whole(data, text);
  const sections = [...document.querySelectorAll("#events > section")];
  let current = data.current;
  let day = null;
  let words = null;
  let narrowed = false;
  let list = null;
  let asked = 0;
  let going = 0;

  const sectionOf = (number) => sections.find((section) => Number(section.dataset.chapter) === number) ?? sections[0];
  const rows = () => came.get("index");
  const countOf = (number) => sectionOf(number).querySelector("h2 .number");
  const onlyCount = sections[0] && countOf(0).textContent;

  /** Says beside the name of a chapter how many events of it are seen; null: all are. */
  const head = (number, count) => {
    const all = document.querySelector(`.strip a[data-chapter="${number}"]`)?.dataset.counted ?? onlyCount;
    countOf(number).textContent =
      count === null ? all : text("{shown} of {all} events", { shown: count, all: data.chapters[number].count });
  };

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
    const [ordinal, said] = data.asOf.stops.find(([stop]) => stop === (day ?? now)) ?? [now, ""];
    return { day: ordinal, words: said };
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
    report(select(list, current));
  };

  /** Shows of a chapter what is asked for; how many events match, by chapter. */
  const select = (shown, number) => {
    const statuses = page.index.statusesOf(rows(), number);
    const { counts, ids } = filter.matches(rows(), day, number);
    shown.arrange(day, (event, status) => ids.has(event.id) && filter.wants(status ?? statuses.get(event.id)));
    counts[number] = shown.seen.length;
    return counts;
  };

  const say = (said) => {
    if (byId("count").textContent !== said) byId("count").textContent = said;
  };

  /** Says how many events match, here and in the other chapters. */
  const report = (counts) => {
    const shown = counts === null ? total : counts.reduce((sum, count) => sum + count, 0);
    say(shown ? text("{shown} of {all} events", { shown, all: total }) : text("No event matches."));
    narrowed = counts !== null;
    if (data.chapters.length) head(current, counts && counts[current]);
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
    // What was on its way to another chapter is not wanted any more.
    if (number === current) byId("events").removeAttribute("aria-busy");
    else {
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
      if (data.single) head(current, null);
      current = number;
      for (const other of sections) other.hidden = other !== section;
      section.dataset.chapter = number;
      if (!data.single) {
        heading.firstChild.textContent = `${data.chapters[number].label} `;
        head(number, null);
      }
      list = new page.List(section.querySelector("ol"), payload);
      list.filled.then(() => byId("events").removeAttribute("aria-busy"));
      overview.show(number);
      look();
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

  /** Has all around the list be that of the day. */
  const look = () => whole.show(words, list.kinds(day, data.statuses));

  /** Takes what stands in the fields. */
  const read = () => {
    const value = (id) => byId(id)?.value ?? "";
    const stop = stops.length ? Number(byId("as-of-stop").value) : 0;
    const before = day;
    [day, words] = stops[stop] ?? [null, null];
    if (day !== before) look();
    filter.read({
      text: value("filter-text"),
      status: value("filter-status"),
      tag: value("filter-tag"),
      source: value("filter-source"),
    });
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
    drawing?.lead(id);
    mark(id);
    item.shown.scrollIntoView({ block: "start" });
    item.shown.querySelector(".when a").focus({ preventScroll: true });
  };

  /** Goes to where an address leads: "#chapter-1943", "#e-event". */
  const follow = (hash) => {
    const name = kit.tried(() => decodeURIComponent(hash.slice(1)), "");
    const number = data.chapters.findIndex(({ id }) => name === `chapter-${id}`);
    if (!name) show(data.current, false);
    else if (number >= 0) show(number);
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

  /** Puts on paper all that is asked for, of all chapters that stand here, and how much that is; gives what undoes it. */
  const toPaper = () => {
    list.finish();
    const lists = [[sectionOf(current), list]];
    if (narrowed && data.single) {
      for (const section of sections) {
        const number = Number(section.dataset.chapter);
        if (number === current) continue;
        const other = new page.List(section.querySelector("ol"), payloadHere(number));
        head(number, select(other, number)[number]);
        lists.push([section, other]);
      }
    }
    const alone = narrowed || !data.single;
    const shown = alone ? lists.reduce((sum, [, { seen }]) => sum + seen.length, 0) : total;
    for (const [section, { seen }] of lists) {
      section.classList.toggle("without-match", lists.length > 1 && !seen.length);
    }
    const told = [text("{shown} of {all} events", { shown, all: total }), ...page.controls.asked(text)];
    byId("on-paper").textContent = shown < total ? told.join(" · ") : "";
    return () => {
      for (const [section, other] of lists) {
        section.classList.remove("without-match");
        if (other === list) continue;
        other.leave();
        head(Number(section.dataset.chapter), null);
      }
    };
  };

  window.addEventListener("popstate", () => follow(location.hash));

  /* The beginning. */
  for (const section of sections) section.hidden = section !== sectionOf(current);
  list = new page.List(sectionOf(current).querySelector("ol"), data.current_chapter);
  // Of one event, there is nothing to choose.
  byId("filters").hidden = !byId("filter-text") && !stops.length;
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
  page.controls.printing(toPaper);
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
