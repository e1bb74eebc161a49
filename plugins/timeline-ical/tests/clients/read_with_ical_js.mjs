/*
 * Reads the calendars of a folder with ical.js, the reader of Thunderbird and of the web
 * front end of Nextcloud. Prints for each file how many entries it has and what is wrong, as JSON.
 *
 * node read_with_ical_js.mjs <ical.js> <folder>
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , library, folder] = process.argv;
const { default: ICAL } = await import(pathToFileURL(library));
ICAL.design.strict = true;

const KINDS = ["vevent", "vtodo", "vjournal"];

function decode(component) {
  for (const property of component.getAllProperties()) {
    // A value is not looked at before somebody asks for it.
    for (const value of property.getValues()) String(value);
  }
  component.getAllSubcomponents().forEach(decode);
}

function read(bytes) {
  const complaints = [];
  let entries = 0;
  try {
    const calendar = new ICAL.Component(ICAL.parse(decoder.decode(bytes)));
    entries = KINDS.reduce((count, kind) => count + calendar.getAllSubcomponents(kind).length, 0);
    decode(calendar);
    for (const event of calendar.getAllSubcomponents("vevent")) {
      const { startDate, endDate } = new ICAL.Event(event);
      // Of the years 1 to 99 it makes 1901 to 1999, as JavaScript's Date.UTC does.
      if (startDate.year < 100) continue;
      if (endDate.compare(startDate) <= 0 && startDate.isDate) complaints.push("an event ends before it begins");
    }
  } catch (error) {
    complaints.push(String(error));
  }
  return { entries, complaints };
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const files = readdirSync(folder).filter((name) => name.endsWith(".ics")).sort();
const found = files.map((name) => [name, read(readFileSync(join(folder, name)))]);
process.stdout.write(JSON.stringify(Object.fromEntries(found)));
