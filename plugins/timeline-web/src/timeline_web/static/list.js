/* The list of the chapter shown: which events of it are seen, and how they looked on an earlier day. */
"use strict";

window.timelinePage = window.timelinePage || {};

((page) => {
  const NOW = -1;
  const HIDDEN = null;
  const AT_ONCE = 24;

  class List {
    /**
     * @param {Element} list the element of the events
     * @param {object} payload what the chapter has; of the events that stand in the page already, no HTML
     */
    constructor(list, payload) {
      this.list = list;
      this.day = null;
      const standing = new Map();
      for (const item of list.children) standing.set(item.dataset.event, item);
      this.items = payload.events.map((event) => {
        event.element ??= standing.get(event.id) ?? null;
        return { event, own: event.element, shown: event.element, state: NOW, wanted: NOW };
      });
      this.next = this.items.every(({ own }) => own?.parentNode === list) ? this.items.length : 0;
      if (this.next < this.items.length) list.replaceChildren();
      /** Kept when all of it is built. */
      this.filled = new Promise((resolve) => {
        this.done = resolve;
      });
      this.#fill(AT_ONCE);
      this.#fillLater();
    }

    /** Shows the events that may be seen, as they were known on a day; null is now. */
    arrange(day, passes) {
      this.day = day;
      for (const item of this.items) {
        const state = this.#stateOn(item, day);
        item.wanted = state !== HIDDEN && passes(item.event, this.#status(item, state)) ? state : HIDDEN;
        if (item.shown) this.#apply(item);
      }
      this.#markYears();
    }

    /** The events seen, each with its slide. */
    get seen() {
      return this.items.filter((item) => item.wanted !== HIDDEN);
    }

    slideOf(item) {
      return item.wanted === NOW ? item.event.slide : item.event.states[item.wanted].slide;
    }

    /**
     * What the events of the chapter were on a day, whatever is asked for.
     *
     * @param {number|null} day null is now
     * @param {Array<string>} keys of the statuses, by their numbers
     * @returns {Map<string, {count: number, badge: Element}>} how many had a status, and what says it, by its key
     */
    kinds(day, keys) {
      const found = new Map();
      for (const item of this.items) {
        const state = this.#stateOn(item, day);
        if (state === HIDDEN) continue;
        const element = () => {
          if (state === NOW) return item.own ?? page.kit.parsed(item.event.html);
          return page.kit.parsed(item.event.states[state].html);
        };
        const key = state === NOW ? element().dataset.key : keys[this.#status(item, state)];
        if (!found.has(key)) found.set(key, { count: 0, badge: element().querySelector(".badge") });
        found.get(key).count += 1;
      }
      return found;
    }

    find(id) {
      return this.items.find((item) => item.event.id === id);
    }

    /** Builds what is left to build at once: for printing, and for going to an event. */
    finish() {
      this.#fill(Infinity);
    }

    /** Puts the events back as they are now, and builds no more: another list comes. */
    leave() {
      cancelAnimationFrame(this.waiting);
      this.arrange(null, () => true);
    }

    #fill(most) {
      const pieces = document.createDocumentFragment();
      const end = Math.min(this.items.length, this.next + most);
      for (; this.next < end; this.next += 1) {
        const item = this.items[this.next];
        item.event.element ??= page.kit.parsed(item.event.html);
        item.own = item.event.element;
        item.shown = item.own;
        item.state = NOW;
        pieces.append(item.own);
        this.#apply(item);
      }
      this.list.append(pieces);
      this.#markYears();
      if (this.next >= this.items.length) this.done();
    }

    #fillLater() {
      if (this.next >= this.items.length) return;
      this.waiting = requestAnimationFrame(() => {
        this.#fill(AT_ONCE);
        this.#fillLater();
      });
    }

    /** The number of the state in which an event was on a day; NOW if it looks as now, HIDDEN if it was not known. */
    #stateOn(item, day) {
      const states = item.event.states ?? [];
      if (day === null || !states.length) return NOW;
      let found = HIDDEN;
      states.forEach((state, number) => {
        if (state.from <= day) found = number;
      });
      return found;
    }

    #status(item, state) {
      return state === NOW || state === HIDDEN ? null : item.event.states[state].status;
    }

    #apply(item) {
      item.shown.hidden = item.wanted === HIDDEN;
      if (item.wanted === HIDDEN || item.wanted === item.state) return;
      const element = item.wanted === NOW ? item.own : page.kit.parsed(item.event.states[item.wanted].html);
      element.hidden = false;
      if (item.shown !== element) item.shown.replaceWith(element);
      item.shown = element;
      item.state = item.wanted;
    }

    #markYears() {
      let year = null;
      for (const { shown } of this.items) {
        if (!shown || shown.hidden) continue;
        const own = shown.dataset.year ?? null;
        shown.toggleAttribute("data-opens-year", own !== null && own !== year);
        year = own;
      }
    }
  }

  page.List = List;
})(window.timelinePage);
