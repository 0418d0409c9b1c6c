// The timeline as a table, for whoever cannot see it; built when it is opened, two hundred rows at a time.

import { clock } from "./clock.js";

const ROWS = 200;

export class Twin {
  constructor(root, columns, severityTitles, choose) {
    this.columns = columns;
    this.severityTitles = severityTitles;
    this.body = root.querySelector("[data-twin-rows]");
    this.more = root.querySelector("[data-twin-more]");
    this.details = root.querySelector("[data-twin]");
    this.positions = [];
    this.details.addEventListener("toggle", () => { if (this.details.open) this.restart(); });
    this.more.addEventListener("click", () => this.append());
    this.body.addEventListener("click", event => {
      const link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      choose(Number(link.dataset.finding) - 1);
    });
  }

  show(positions) {
    this.positions = positions;
    if (this.details.open) this.restart();
  }

  restart() {
    this.drawn = 0;
    this.body.replaceChildren();
    this.append();
  }

  append() {
    const piece = document.createDocumentFragment();
    for (const position of this.positions.slice(this.drawn, this.drawn + ROWS)) piece.append(this.row(position));
    this.body.append(piece);
    this.drawn = Math.min(this.positions.length, this.drawn + ROWS);
    this.more.hidden = this.drawn >= this.positions.length;
  }

  row(position) {
    const { columns } = this;
    const row = document.createElement("tr");
    const link = Object.assign(document.createElement("a"), { href: `?finding=${position + 1}#evidence`, textContent: clock(columns.start[position]) });
    link.dataset.finding = position + 1;
    const groups = new Map(columns.groups);
    const severity = columns.severities[columns.severity[position]];
    for (const content of [position + 1, link, clock(columns.end[position]), this.severityTitles.get(severity) ?? severity, columns.titleOf(position), groups.get(columns.group(position))]) {
      const cell = document.createElement("td");
      cell.append(content);
      row.append(cell);
    }
    return row;
  }
}
