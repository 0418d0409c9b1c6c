// The list of findings, of which only what is in view exists: rows are reused while it scrolls.

import { clock } from "./clock.js";

const HEIGHT = 62;
const BEYOND = 6;
const SPARE_MAX = 60;
const KEPT_FOR_PRINTING = 200;

export class List extends EventTarget {
  constructor(root, columns, rows, thumbnails) {
    super();
    this.thumbnails = thumbnails;
    this.columns = columns;
    this.rows = rows;
    this.box = root.querySelector("[data-list]");
    this.inner = root.querySelector("[data-rows]");
    this.template = root.querySelector("[data-row]");
    this.empty = root.querySelector("[data-empty]");
    this.positions = [];
    this.places = new Map();
    this.nodes = new Map();
    this.spare = [];
    this.chosen = -1;
    this.now = -1;
    this.touchedAt = -Infinity;
    this.inner.replaceChildren();
    this.inner.classList.add("virtual");
    this.box.addEventListener("scroll", () => this.soon(), { passive: true });
    for (const kind of ["wheel", "pointerdown", "touchmove"]) {
      this.box.addEventListener(kind, () => { this.touchedAt = performance.now(); }, { passive: true });
    }
    this.inner.addEventListener("click", event => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      this.dispatchEvent(new CustomEvent("choose", { detail: Number(link.dataset.finding) - 1 }));
    });
    rows.addEventListener("arrived", () => this.draw(true));
    new ResizeObserver(() => this.soon()).observe(this.box);
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
    matchMedia("print").addEventListener("change", event => this.print(event.matches));
    (window.requestIdleCallback ?? setTimeout)(() => rows.want(Array.from({ length: Math.min(columns.count, KEPT_FOR_PRINTING) }, (_, place) => place + 1)));
  }

  // On paper nothing scrolls: all rows are there, with the words that have arrived so far.
  print(on) {
    this.printing = on;
    this.draw();
    this.spare.length = Math.min(this.spare.length, SPARE_MAX);
  }

  show(positions, emptyWords) {
    this.positions = positions;
    this.places = new Map(positions.map((position, place) => [position, place]));
    this.inner.style.height = `${positions.length * HEIGHT}px`;
    this.empty.hidden = positions.length > 0;
    if (emptyWords && !positions.length) this.empty.textContent = emptyWords;
    for (const place of [...this.nodes.keys()]) this.release(place);
    if (this.box.scrollTop > positions.length * HEIGHT) this.box.scrollTop = 0;
    this.draw();
  }

  soon() {
    this.frame ??= requestAnimationFrame(() => { this.frame = null; this.draw(); });
  }

  draw(again = false) {
    const [from, until] = this.printing ? [0, this.positions.length] : this.inView();
    for (const place of [...this.nodes.keys()]) if (place < from || place >= until) this.release(place);
    const missing = [];
    for (let place = until - 1; place >= from; place--) {  // so that each one's next is there
      const number = this.positions[place] + 1;
      if (!this.rows.get(number)) missing.push(number);
      if (!this.nodes.has(place)) this.fill(this.take(place), place);
      else if (again && this.nodes.get(place).classList.contains("is-waiting")) this.fill(this.nodes.get(place), place);
    }
    this.missing = missing.reverse();
    clearTimeout(this.asking);
    if (missing.length) this.asking = setTimeout(() => this.rows.want(this.missing), 60);
  }

  inView() {
    const { scrollTop, clientHeight } = this.box;
    return [
      Math.max(0, Math.floor(scrollTop / HEIGHT) - BEYOND),
      Math.min(this.positions.length, Math.ceil((scrollTop + clientHeight) / HEIGHT) + BEYOND),
    ];
  }

  take(place) {
    const node = this.spare.pop() ?? this.template.content.firstElementChild.cloneNode(true);
    node.style.transform = `translateY(${place * HEIGHT}px)`;
    this.nodes.set(place, node);
    // In the order of the list, so that Tab and screen readers meet the rows in it.
    let next = null;
    for (let later = place + 1; later < place + 40 && !next; later++) next = this.nodes.get(later) ?? null;
    this.inner.insertBefore(node, next);
    return node;
  }

  release(place) {
    const node = this.nodes.get(place);
    this.nodes.delete(place);
    if (node.contains(document.activeElement)) this.box.focus({ preventScroll: true });
    node.remove();
    this.spare.push(node);
  }

  fill(node, place) {
    const position = this.positions[place];
    const number = position + 1;
    const row = this.rows.get(number);
    const link = node.firstElementChild;
    const [thumb, top, quote, score] = link.children;
    const [time, icon, title] = top.children;
    const severity = this.columns.severities[this.columns.severity[position]];
    node.id = `finding-${number}`;
    node.className = `row-item lane-${this.columns.group(position)}`;
    node.classList.toggle("is-waiting", !row);
    node.setAttribute("aria-setsize", this.positions.length);
    node.setAttribute("aria-posinset", place + 1);
    link.href = `?finding=${number}#evidence`;
    link.dataset.finding = number;
    time.textContent = clock(this.columns.start[position]);
    title.textContent = this.columns.titleOf(position);
    icon.setAttribute("class", `icon toned sev-${severity}`);
    icon.firstElementChild.setAttribute("href", `#i-${severity}`);
    icon.setAttribute("aria-label", row?.severityTitle ?? severity);
    quote.textContent = row ? row.quote || row.category : "";
    score.textContent = row?.score ?? "";
    thumb.classList.toggle("veiled", Boolean(row?.veiled));
    this.picture(thumb, row, this.columns.start[position]);
    this.paint(node, position);
  }

  // The finding's own frame, else the thumbnail of its moment.
  picture(thumb, row, time) {
    const wanted = row?.frame == null ? "" : `frames/${row.frame}.jpg`;
    if (thumb.dataset.picture !== wanted) {
      thumb.dataset.picture = wanted;
      thumb.replaceChildren();
      if (wanted) thumb.append(Object.assign(document.createElement("img"), { alt: "", width: 80, height: 45, decoding: "async", src: wanted }));
    }
    if (!this.thumbnails) return;
    const { url, columns, count, every_s: every } = this.thumbnails;
    const place = Math.min(count - 1, Math.floor(time / every));
    const covered = wanted || !row || row.veiled;
    thumb.style.backgroundImage = covered ? "" : `url("${url}")`;
    thumb.style.backgroundSize = covered ? "" : `${columns * 80}px auto`;
    thumb.style.backgroundPosition = covered ? "" : `-${(place % columns) * 80}px -${Math.floor(place / columns) * 45}px`;
  }

  paint(node, position) {
    const isChosen = position === this.chosen;
    node.classList.toggle("is-chosen", isChosen);
    node.classList.toggle("is-now", position === this.now);
    if (isChosen) node.firstElementChild.setAttribute("aria-current", "true");
    else node.firstElementChild.removeAttribute("aria-current");
  }

  mark({ chosen = this.chosen, now = this.now }) {
    const before = [this.chosen, this.now];
    this.chosen = chosen;
    this.now = now;
    for (const position of [...before, chosen, now]) {
      const place = this.places.get(position);
      if (place !== undefined && this.nodes.has(place)) this.paint(this.nodes.get(place), position);
    }
  }

  // Brings a finding into view; while a person scrolls the list themselves, playing does not pull it away.
  reveal(position, { gently = false } = {}) {
    const place = this.places.get(position);
    if (place === undefined || (gently && performance.now() - this.touchedAt < 4000)) return;
    const top = place * HEIGHT;
    const { scrollTop, clientHeight } = this.box;
    if (top < scrollTop) this.box.scrollTop = top - HEIGHT;
    else if (top + HEIGHT > scrollTop + clientHeight) this.box.scrollTop = top - clientHeight + 2 * HEIGHT;
  }

  // The finding ``by`` places away from the chosen one, or from ``time`` when the chosen one is not in the list.
  beside(by, time) {
    const place = this.places.get(this.chosen);
    if (place !== undefined) return this.positions[place + by] ?? -1;
    const ahead = this.positions.findIndex(position => this.columns.start[position] > time);
    if (by > 0) return this.positions[ahead] ?? -1;
    return this.positions[(ahead < 0 ? this.positions.length : ahead) - 1] ?? -1;
  }
}
