/* The strip of the whole span: goes from chapter to chapter, and shows where what is asked for is. */
"use strict";

window.timelinePage = window.timelinePage || {};

((page) => {
  const SVG = "http://www.w3.org/2000/svg";
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };

  class Overview {
    constructor(data, text) {
      this.data = data;
      this.text = text;
      this.strip = document.querySelector(".strip");
      this.links = this.strip ? [...this.strip.querySelectorAll("a.chapter")] : [];
      this.strip?.addEventListener("keydown", (event) => this.#move(event));
      this.said = this.links.map((link) => link.getAttribute("aria-label"));
      this.show(data.current);
    }

    /** Marks the chapter that is shown, everywhere. */
    show(current) {
      for (const link of document.querySelectorAll(".overview a[data-chapter]")) {
        if (Number(link.dataset.chapter) === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      this.#rove(this.links[current]);
      for (const [name, number] of [[".previous", current - 1], [".next", current + 1]]) {
        for (const link of document.querySelectorAll(`.pager ${name}`)) this.#lead(link, number);
      }
    }

    /** Shows how many of each chapter match; null: all do. */
    count(counts) {
      this.strip?.classList.toggle("filtered", counts !== null);
      this.links.forEach((link, number) => {
        const { label, count } = this.data.chapters[number];
        const bar = link.querySelector(".bar");
        let match = link.querySelector(".match");
        if (counts === null) {
          match?.remove();
          link.setAttribute("aria-label", this.said[number]);
          return;
        }
        if (!match) {
          match = document.createElementNS(SVG, "rect");
          match.setAttribute("class", "match");
          match.setAttribute("x", bar.getAttribute("x"));
          match.setAttribute("width", bar.getAttribute("width"));
          link.querySelector(".hit").before(match);
        }
        const height = (Number.parseFloat(bar.getAttribute("height")) * counts[number]) / count;
        match.setAttribute("y", `${100 - height}%`);
        match.setAttribute("height", `${height}%`);
        const said = this.text("{shown} of {all} events", { shown: counts[number], all: count });
        link.setAttribute("aria-label", this.text("{label}: {text}", { label, text: said }));
      });
    }

    #lead(link, number) {
      const chapter = this.data.chapters[number];
      link.hidden = !chapter;
      if (!chapter) return;
      link.href = chapter.href;
      link.dataset.chapter = number;
      link.querySelector("span").textContent = chapter.label;
    }

    #rove(chosen) {
      for (const link of this.links) link.setAttribute("tabindex", link === chosen ? "0" : "-1");
    }

    #move(event) {
      const at = this.links.indexOf(event.target.closest("a"));
      if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      const to = { Home: 0, End: this.links.length - 1 }[event.key] ?? at + (STEPS[event.key] ?? NaN);
      if (!this.links[to]) return;
      event.preventDefault();
      this.#rove(this.links[to]);
      this.links[to].focus();
    }
  }

  page.Overview = Overview;
})(window.timelinePage);
