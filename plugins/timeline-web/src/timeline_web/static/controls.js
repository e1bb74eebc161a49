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

  const printing = (prepare) => {
    let opened = [];
    window.addEventListener("beforeprint", () => {
      prepare();
      opened = [...document.querySelectorAll("#events details:not([open])")];
      for (const details of opened) details.open = true;
    });
    window.addEventListener("afterprint", () => {
      for (const details of opened) details.open = false;
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

  page.controls = { theme, subscribe, menus, printing, embedded };
})(window.timelinePage);
