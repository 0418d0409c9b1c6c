// The filters: read from their form, kept in the address, applied to the columns without asking the server. Only words
// are looked for there.

import { getJson } from "./asking.js";

export class Filters extends EventTarget {
  constructor(form, columns, data) {
    super();
    this.form = form;
    this.columns = columns;
    this.words = data.words;
    this.shown = new Uint8Array(columns.count).fill(1);
    this.positions = [];
    this.matching = null;
    this.asked = "";
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("change", event => { if (event.target.type !== "search") this.apply(); });
    form.addEventListener("input", event => { if (event.target.type === "search") this.typed(); });
    form.querySelector("[data-clear]").addEventListener("click", event => { event.preventDefault(); this.clear(); });
  }

  async start() {
    await this.look();
    this.apply({ keepAddress: true });
  }

  typed() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.look().then(() => this.apply()), 200);
  }

  async look() {
    const search = this.form.elements.search.value.trim();
    if (search === this.asked) return;
    this.asked = search;
    if (!search) { this.matching = null; return; }
    const answer = await getJson(`matches.json?search=${encodeURIComponent(search)}`);
    if (search !== this.asked || !answer) return;
    this.matching = new Uint8Array(this.columns.count);
    for (const number of answer.numbers) this.matching[number - 1] = 1;
  }

  clear() {
    for (const box of this.form.querySelectorAll("input[type=checkbox]")) box.checked = false;
    this.form.elements.search.value = "";
    this.asked = "";
    this.matching = null;
    this.apply();
  }

  chosen(name) {
    return new Set([...this.form.querySelectorAll(`input[name=${name}]:checked`)].map(box => box.value));
  }

  apply({ keepAddress = false } = {}) {
    const wanted = { category: this.chosen("category"), severity: this.chosen("severity"), pack: this.chosen("pack"), action: this.chosen("action").size > 0 };
    const { columns, matching } = this;
    const counts = new Map();
    const add = key => counts.set(key, (counts.get(key) ?? 0) + 1);
    const positions = [];
    for (let i = 0; i < columns.count; i++) {
      const group = columns.group(i);
      const severity = columns.severities[columns.severity[i]];
      const pack = columns.packs[columns.pack[i]];
      const said = !matching || matching[i] === 1;
      const fitsGroup = !wanted.category.size || wanted.category.has(group) || wanted.category.has(columns.categories[columns.category[i]][0]);
      const fitsSeverity = !wanted.severity.size || wanted.severity.has(severity);
      const fitsPack = !wanted.pack.size || wanted.pack.has(pack);
      const fitsAction = !wanted.action || columns.action[i] === 1;
      if (said && fitsSeverity && fitsPack && fitsAction) add(`category:${group}`);
      if (said && fitsGroup && fitsPack && fitsAction) add(`severity:${severity}`);
      if (said && fitsGroup && fitsSeverity && fitsAction) add(`pack:${pack}`);
      if (said && fitsGroup && fitsSeverity && fitsPack && columns.action[i]) add("action:1");
      const fits = said && fitsGroup && fitsSeverity && fitsPack && fitsAction;
      this.shown[i] = fits ? 1 : 0;
      if (fits) positions.push(i);
    }
    this.positions = positions;
    this.say(counts, wanted);
    if (!keepAddress) this.writeAddress();
    this.dispatchEvent(new Event("change"));
  }

  say(counts, wanted) {
    for (const tally of this.form.querySelectorAll("[data-count]")) {
      const count = counts.get(tally.dataset.count) ?? 0;
      tally.textContent = count.toLocaleString();
      tally.toggleAttribute("data-none", count === 0);
    }
    const total = this.columns.count;
    const narrows = this.positions.length !== total;
    this.form.querySelector("[data-tally]").textContent = narrows
      ? this.words.of.replace("%(found)s", this.positions.length.toLocaleString()).replace("%(total)s", total.toLocaleString())
      : total.toLocaleString();
    const on = wanted.category.size + wanted.severity.size + wanted.pack.size;
    const badge = this.form.querySelector("[data-filters-on]");
    badge.textContent = String(on);
    badge.hidden = on === 0;
  }

  writeAddress() {
    const query = new URLSearchParams(new FormData(this.form));
    if (!query.get("search")) query.delete("search");
    const chosen = new URLSearchParams(location.search).get("finding");
    if (chosen) query.set("finding", chosen);
    const text = query.toString();
    history.replaceState(null, "", (text ? `?${text}` : location.pathname) + location.hash);
  }
}
