// Rows of the list: fetched by number in batches when they come into view, and kept.

import { getJson } from "./asking.js";

const BATCH = 60;

export class Rows extends EventTarget {
  constructor() {
    super();
    this.known = new Map();
    this.asked = new Set();
  }

  get(number) { return this.known.get(number); }

  async want(numbers) {
    const missing = numbers.filter(number => !this.known.has(number) && !this.asked.has(number)).slice(0, 200);
    for (let from = 0; from < missing.length; from += BATCH) {
      const batch = missing.slice(from, from + BATCH);
      batch.forEach(number => this.asked.add(number));
      const answer = await getJson(`findings.json?numbers=${batch.join(",")}`);
      batch.forEach(number => this.asked.delete(number));
      if (!answer) return;
      for (const row of answer.findings) this.known.set(row.number, row);
      this.dispatchEvent(new Event("arrived"));
    }
  }
}
