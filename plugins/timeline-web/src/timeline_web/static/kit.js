/* What the other scripts share: words, dates, pieces of the page. */
"use strict";

window.timelinePage = window.timelinePage || {};

((page) => {
  const DAY = 86400000;
  const FIRST_OF_1970 = 719163; // the ordinal; day 1 is 0001-01-01

  /** The words of the page in its language, by the English ones. */
  const words = (labels) => (english, places = {}) =>
    (labels[english] ?? english).replace(/\{(\w+)\}/g, (place, name) => String(places[name] ?? place));

  /** A day as TimelineJS writes dates: before year 1 it counts as historians do. */
  const dayOf = (ordinal) => {
    const date = new Date((ordinal - FIRST_OF_1970) * DAY);
    const year = date.getUTCFullYear();
    return { year: year > 0 ? year : year - 1, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  };

  /** The ordinal of a date of TimelineJS: its first day, or its last. */
  const ordinalOf = (date, last) => {
    const [year, month, day] = [date.year, date.month, date.day].map((part) => Number.parseInt(part, 10) || 0);
    const at = new Date(0);
    const far = last && !(month && day);
    at.setUTCFullYear(year > 0 ? year : year + 1, (month || (far ? 12 : 1)) - 1 + (far ? 1 : 0), far ? 0 : day || 1);
    return Math.floor(at.getTime() / DAY) + FIRST_OF_1970;
  };

  /** The element that a piece of HTML from the maker of the page is. */
  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  };

  /** A function that waits until it is not called any more. */
  const unhurried = (run, wait) => {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(run, wait);
    };
  };

  /** Does what a frame without an origin, or a file, may forbid. */
  const tried = (run, otherwise = null) => {
    try {
      return run();
    } catch {
      return otherwise;
    }
  };

  page.kit = { words, dayOf, ordinalOf, parsed, unhurried, tried };
})(window.timelinePage);
