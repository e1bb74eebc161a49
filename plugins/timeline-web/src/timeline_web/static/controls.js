/* What stands around list and drawing: menus, colours, subscribing, printing, and the page that this one stands in. */
"use strict";

window.timelinePage = window.timelinePage || {};

((page) => {
  const THEMES = { auto: "Automatic", light: "Light", dark: "Dark" };
  const byId = (id) => document.getElementById(id);

  /** The button that goes through the colours. */
  const theme = (text) => {
    const button = byId("theme");
    const names = Object.keys(THEMES);
    const set = (name) => {
      document.documentElement.dataset.theme = name;
      button.querySelector("b").textContent = text(THEMES[name]);
    };
    const kept = page.kit.tried(() => localStorage.getItem("timeline-theme"));
    set(names.includes(kept) ? kept : "auto");
    button.hidden = false;
    button.addEventListener("click", () => {
      const name = names[(names.indexOf(document.documentElement.dataset.theme) + 1) % names.length];
      set(name);
      page.kit.tried(() => localStorage.setItem("timeline-theme", name));
    });
  };

  /** Where the calendar is, if the page does not say: beside it on the web. */
  const calendarAddress = () => {
    const file = document.querySelector("[data-calendar-file]");
    if (!file || !/^https?:$/.test(location.protocol)) return null;
    return new URL(file.getAttribute("href"), location.href).href;
  };

  const subscribe = (text) => {
    const told = byId("subscribe").dataset.calendar;
    const address = told ?? calendarAddress();
    if (!address) return;
    if (!told) offer(address);
    const field = byId("calendar-address");
    field.value = address;
    field.addEventListener("focus", () => field.select());
    const button = byId("copy-address");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(address);
      } catch {
        // In a frame, or on a page that is a file, the clipboard may be closed; the selection is not.
        field.select();
        if (!document.execCommand("copy")) return;
      }
      button.textContent = text("Copied");
      setTimeout(() => {
        button.textContent = text("Copy link");
      }, 2500);
    });
    byId("subscribe").hidden = false;
  };

  const offer = (address) => {
    const webcal = address.replace(/^https?:/, "webcal:");
    const query = new URLSearchParams({ url: address, name: document.querySelector("h1").textContent });
    byId("subscribe-webcal").href = webcal;
    byId("subscribe-google").href = `https://calendar.google.com/calendar/render?cid=${encodeURIComponent(webcal)}`;
    byId("subscribe-outlook").href = `https://outlook.live.com/calendar/0/addfromweb?${query}`;
  };

  const menus = () => {
    const all = document.querySelectorAll("details.menu");
    document.addEventListener("click", (event) => {
      for (const menu of all) if (!menu.contains(event.target)) menu.open = false;
    });
    for (const menu of all) {
      menu.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    }
  };

  /** @param {() => (() => void)} prepare readies the page for paper, and gives what takes that back */
  const printing = (prepare) => {
    let opened = [];
    let undo = () => {};
    window.addEventListener("beforeprint", () => {
      undo();
      undo = prepare();
      opened = [...document.querySelectorAll("#events details:not([open])")];
      for (const details of opened) details.open = true;
    });
    window.addEventListener("afterprint", () => {
      for (const details of opened) details.open = false;
      undo();
      undo = () => {};
    });
    byId("print").hidden = false;
    byId("print").addEventListener("click", () => window.print());
  };

  /** In a frame: the page around is told how high this one is, and links leave the frame. */
  const embedded = () => {
    if (window.parent === window) return;
    const root = document.documentElement;
    root.classList.add("embedded");
    let told = 0;
    const tell = () => {
      const height = Math.ceil(root.getBoundingClientRect().height);
      if (height === told) return;
      told = height;
      window.parent.postMessage({ type: "timeline:height", height }, "*");
    };
    new ResizeObserver(tell).observe(root);
    window.addEventListener("load", tell);
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[rel~=external]");
      if (link) link.target = "_blank";
    }, true);
  };

  const counted = ({ count, badge }) => {
    const item = document.createElement("li");
    const number = document.createElement("span");
    number.className = "number";
    number.textContent = count;
    item.append(badge.cloneNode(true), " ", number);
    return item;
  };
  const uncounted = (words) => words.replace(/ \(\d+\)$/, "");

  /** What is asked for, in words. */
  const asked = (text) =>
    [...document.querySelectorAll("#filters .field :is(select, input[type=search])")]
      .filter(({ value }) => value)
      .map((field) => {
        const said = field.options ? uncounted(field.selectedOptions[0].textContent) : field.value;
        return text("{label}: {text}", { label: field.labels[0].textContent, text: said });
      });

  /** What is said of the whole timeline, and what can be asked of it: both are those of the day looked at. */
  class Whole {
    constructor(data, text) {
      this.data = data;
      this.text = text;
      this.dates = [...document.querySelectorAll(".dates")].map((line) => ({ line, own: [...line.childNodes] }));
      this.key = document.querySelector(".key");
      this.kinds = [...(this.key?.childNodes ?? [])];
      this.options = [...document.querySelectorAll("#filters option")].map((option) => [option, option.textContent]);
      this.select = byId("filter-status");
      this.statuses = [...(this.select?.options ?? [])];
      this.ofNow = new Set(this.statuses.filter(({ textContent: own }) => uncounted(own) !== own));
      this.#offer(false);
    }

    /**
     * @param {string|null} day in words; null is now
     * @param {Map<string, {count: number, badge: Element}>} kinds what the events of the chapter shown were then
     */
    show(day, kinds) {
      const past = day !== null;
      const known = document.createElement("span");
      for (const { line, own } of this.dates) {
        known.textContent = past ? this.text("As known on {date}", { date: day }) : "";
        line.replaceChildren(...(past ? [known.cloneNode(true)] : own));
      }
      // How many there are of a tag or a source now says nothing of then.
      for (const [option, own] of this.options) option.textContent = past ? uncounted(own) : own;
      this.#showKey(past, kinds);
      this.#offer(past);
    }

    /** How many there were of each: of other chapters nobody has counted. */
    #showKey(past, kinds) {
      if (!this.key) return;
      this.key.hidden = past && (this.data.chapters.length > 1 || !kinds.size);
      this.key.replaceChildren(...(past ? this.#inOrder(kinds).map((key) => counted(kinds.get(key))) : this.kinds));
    }

    /** The statuses to choose from: those of now, which are counted, and on an earlier day those of earlier days. */
    #offer(past) {
      if (!this.select) return;
      const { value } = this.select;
      const isOfNow = (option) => !option.value || this.ofNow.has(option);
      const options = past ? this.statuses : this.statuses.filter(isOfNow);
      this.select.replaceChildren(...options);
      // No event of now may be what was asked for.
      this.select.value = options.some((option) => option.value === value) ? value : "";
      this.select.closest(".field").hidden = options.length < 3;
    }

    /** What is known first, as in the key of now. */
    #inOrder(kinds) {
      const keys = this.data.statuses.filter((key) => kinds.has(key));
      const known = (key) => this.data.certainty[key] === "reported";
      return [...keys.filter(known), ...keys.filter((key) => !known(key))];
    }
  }

  page.controls = { Whole, asked, theme, subscribe, menus, printing, embedded };
})(window.timelinePage);
