/* TimelineJS: it can neither be changed nor taken away once it is there, so each drawing is a new one. */
"use strict";

window.timelinePage = window.timelinePage || {};

((page) => {
  const KEYS = ["ArrowLeft", "ArrowRight"];
  const PATIENCE = 10000;

  /** Notes what is listened to while something is built, so that it can be undone. */
  const listeningTo = (targets, build) => {
    const heard = [];
    for (const target of targets) {
      target.addEventListener = (...listener) => {
        heard.push([target, listener]);
        EventTarget.prototype.addEventListener.apply(target, listener);
      };
    }
    try {
      build();
    } finally {
      for (const target of targets) delete target.addEventListener;
    }
    return () => {
      for (const [target, listener] of heard) target.removeEventListener(...listener);
    };
  };

  /** Text as TimelineJS takes it where it takes HTML. */
  const escaped = (text) => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);

  // What it says in all languages in English, or in most.
  const IN_ENGLISH = ["Zoom in", "Zoom out", "Go to the last slide", "Return to Title"];

  const NAVIGATION = /^Timeline navigation\b[ ,]*(.*?)(?:, shown)?$/;

  /** Has it speak the language of the page to those who hear it; what stays English is marked as such. */
  const speak = (section, text) => {
    const label = text("Timeline");
    const named = (event) => (event ? text("{label}: {text}", { label, text: event }) : label);
    const names = [
      [".tl-timeline", () => label],
      [".tl-storyslider", () => text("Events")],
      [".tl-timenav", (said) => said.replace(NAVIGATION, (_, event) => named(event))],
      [".tl-slidenav-previous", (said) => said.replace(/^previous\b/, text("Previous"))],
      [".tl-slidenav-next", (said) => said.replace(/^next\b/, text("Next"))],
      [".tl-timemarker", (said) => said.replace(/, (?:shown|press space to show)$/, "")],
    ];
    const translate = (element) => {
      const said = element.getAttribute("aria-label");
      const name = names.find(([selector]) => element.matches(selector));
      const better = name && said !== null ? name[1](said) : said;
      if (better !== said) element.setAttribute("aria-label", better);
      if (IN_ENGLISH.includes(said)) element.lang = "en";
      if (!element.hasAttribute("aria-description")) return;
      // How one moves and what zooming shows, in English sentences.
      element.removeAttribute("aria-description");
      if (element.matches(".tl-timenav")) element.setAttribute("aria-keyshortcuts", "ArrowLeft ArrowRight Home End");
    };
    const attributeFilter = ["aria-label", "aria-description"];
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        if (!addedNodes.length) translate(target);
        for (const added of addedNodes) {
          if (added.nodeType !== Node.ELEMENT_NODE) continue;
          for (const element of [added, ...added.querySelectorAll("[aria-label]")]) translate(element);
        }
      }
    }).observe(section, { subtree: true, childList: true, attributeFilter });
  };

  class Drawing {
    /**
     * @param {Element} section where it stands
     * @param {object} data what the page has for it: scale, locale, era
     * @param {(english: string, places?: object) => string} text the words of the page
     * @param {(id: string) => void} onChange told of the event whose slide is shown
     */
    constructor(section, data, text, onChange) {
      this.section = section;
      this.data = data;
      this.onChange = onChange;
      this.undo = () => {};
      this.current = null;
      this.wanted = null;
      if (!/^en\b/.test(document.documentElement.lang)) speak(section, text);
      // Its place is kept from the first, so that nothing moves when it is drawn.
      section.hidden = false;
      // It listens for arrow keys wherever they are pressed, and takes the focus then.
      document.documentElement.addEventListener("keydown", (event) => {
        const own = section.contains(event.target) && !event.altKey && !event.ctrlKey && !event.metaKey;
        if (KEYS.includes(event.key) && !own) event.stopPropagation();
      });
    }

    /**
     * Draws slides.
     *
     * @param {Array<{id: string, certainty: string, slide: object}>} drawn the events
     * @param {{day: number, words: string}} from the day after which the future is
     */
    draw(drawn, from) {
      this.undo();
      this.undo = () => {};
      this.timeline = null;
      this.drawn = drawn;
      const events = drawn.map(({ slide }, number) => ({ ...slide, unique_id: `drawn-${number}` }));
      this.section.hidden = !events.length;
      document.documentElement.classList.toggle("drawn", events.length > 0);
      if (!events.length) return;
      const canvas = document.createElement("div");
      canvas.className = "canvas";
      this.section.replaceChildren(canvas);
      const data = { events, scale: this.data.scale ?? "human" };
      const era = this.#era(events, from, data.scale);
      if (era) data.eras = [era];
      const made = {};
      try {
        this.undo = listeningTo([document, window], () => {
          made.timeline = new window.TL.Timeline(canvas, data, this.#options());
        });
      } catch {
        this.#giveUp();
        return;
      }
      const { timeline } = made;
      this.timeline = timeline;
      setTimeout(() => {
        if (this.timeline === timeline && !timeline.ready) this.#giveUp();
      }, PATIENCE);
      timeline.on("dataloaded", () => {
        const numbers = [this.wanted, this.current].map((wanted) => drawn.findIndex(({ id }) => id === wanted));
        const kept = numbers.find((number) => number >= 0);
        const at = timeline.config.events.findIndex((event) => event.unique_id === `drawn-${kept}`);
        if (at >= 0) timeline.options.start_at_slide = at;
      });
      this.section.classList.add("settling");
      timeline.on("ready", () => {
        this.#mark();
        if (this.wanted !== this.current) this.goTo(this.wanted);
        this.wanted = null;
        setTimeout(() => this.section.classList.remove("settling"), 100);
      });
      timeline.on("change", ({ unique_id: name }) => this.#changed(name));
    }

    /** What cannot be drawn is not missed: the list has it. */
    #giveUp() {
      this.section.hidden = true;
      document.documentElement.classList.remove("drawn");
    }

    /** Goes to an event; whether it is there. */
    goTo(id) {
      const number = this.drawn?.findIndex((event) => event.id === id) ?? -1;
      if (number < 0 || !this.timeline) return false;
      this.timeline.goToId(`drawn-${number}`);
      return true;
    }

    /** Goes to an event, if need be when it is drawn. */
    lead(id) {
      if (!this.timeline?.ready || !this.goTo(id)) this.wanted = id;
    }

    #options() {
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      const options = {
        font: null,
        script_path: "",
        hash_bookmark: false,
        timenav_height_percentage: 36,
        timenav_mobile_height_percentage: 36,
        scale_factor: 1,
        duration: calm ? 1 : 600,
      };
      if (this.data.locale) {
        // It takes a language by address only, and only one that ends as a file would.
        options.language = `data:application/json,${encodeURIComponent(JSON.stringify(this.data.locale))}#.json`;
      }
      return options;
    }

    /** The time after the day, as far as something is drawn; null if nothing is. */
    #era(events, { day, words }, scale) {
      if (!this.data.era || scale !== "human") return null;
      const { dayOf, ordinalOf } = page.kit;
      const ends = events.map((slide) => ordinalOf(slide.end_date ?? slide.start_date, true));
      const last = Math.max(day, ...ends);
      if (last <= day + 1) return null;
      const headline = this.data.era.label.replace("{date}", escaped(words));
      return { start_date: dayOf(day + 1), end_date: dayOf(last), text: { headline } };
    }

    /** Says of slides and markers what they are: of their events to the style sheet, and to those who hear the page. */
    #mark() {
      this.drawn.forEach(({ certainty }, number) => {
        const slide = document.getElementById(`drawn-${number}`);
        const marker = document.getElementById(`drawn-${number}-marker`);
        for (const element of [slide, marker]) if (element) element.dataset.certainty = certainty;
        // A slide that is longer than its place is scrolled, with keys too.
        slide?.setAttribute("tabindex", "0");
        marker?.setAttribute("role", "button");
      });
    }

    #changed(name) {
      const found = /^drawn-(\d+)$/.exec(name);
      this.current = found ? this.drawn[Number(found[1])].id : null;
      this.onChange(this.current);
    }
  }

  page.Drawing = Drawing;
})(window.timelinePage);
