/* Which events a reader asks for, among all of the timeline. */
"use strict";

window.timelinePage = window.timelinePage || {};

((page) => {
  // The columns of a row of the index.
  const ID = 0, CHAPTER = 1, STATUS = 2, TAGS = 3, SOURCES = 4, KNOWN = 5, TEXT = 6, STATES = 7;

  /** The number of what an event was on a day; null is now. */
  const statusOn = (row, day) => {
    if (day === null) return row[STATUS];
    const states = row[STATES].filter(([from]) => from <= day);
    return states.length ? states.at(-1)[1] : row[STATUS];
  };

  class Filter {
    /** @param {object} data of the page: its statuses, which rows name by number, and its chapters */
    constructor(data) {
      this.data = data;
      this.clear();
    }

    clear() {
      this.tokens = [];
      this.status = this.tag = this.source = -1;
    }

    /**
     * Takes what stands in the fields: words to search, the key of a status, and the numbers of a tag and a source;
     * empty for all. A number stands for a text, because an attribute need not keep a text as it is.
     */
    read({ text, status, tag, source }) {
      this.tokens = text.toLowerCase().split(/\s+/).filter(Boolean);
      this.status = status === "" ? -1 : this.data.statuses.indexOf(status);
      this.tag = tag === "" ? -1 : Number(tag);
      this.source = source === "" ? -1 : Number(source);
    }

    get isEmpty() {
      return !this.tokens.length && this.status < 0 && this.tag < 0 && this.source < 0;
    }

    /**
     * Goes through all events.
     *
     * @param {Array} rows the index
     * @param {number|null} day that on which they are looked at; null is now
     * @param {number} current the chapter shown
     * @returns {{counts: Uint32Array, ids: Set<string>}} how many match of each chapter, and which match of the
     *     current one, whatever their status
     */
    matches(rows, day, current) {
      const { tokens, status, tag, source } = this;
      const counts = new Uint32Array(this.data.chapters.length);
      const ids = new Set();
      for (const row of rows) {
        if (day !== null && row[KNOWN] !== null && row[KNOWN] > day) continue;
        if (tag >= 0 && !row[TAGS].includes(tag)) continue;
        if (source >= 0 && !row[SOURCES].includes(source)) continue;
        if (tokens.length && !tokens.every((token) => row[TEXT].includes(token))) continue;
        if (row[CHAPTER] === current) ids.add(row[ID]);
        if (status >= 0 && statusOn(row, day) !== status) continue;
        counts[row[CHAPTER]] += 1;
      }
      return { counts, ids };
    }

    /** Whether a status is asked for. */
    wants(status) {
      return this.status < 0 || this.status === status;
    }
  }

  /** The chapter of an event; -1 if there is none. */
  const chapterOf = (rows, id) => rows.find((row) => row[ID] === id)?.[CHAPTER] ?? -1;
  /** The number of the status of an event of the current chapter, now. */
  const statusesOf = (rows, current) =>
    new Map(rows.filter((row) => row[CHAPTER] === current).map((row) => [row[ID], row[STATUS]]));

  page.Filter = Filter;
  page.index = { chapterOf, statusesOf };
})(window.timelinePage);
