// The transcript: follows the video word by word, every word seeks, findings' words lead to their finding, search.
// Words are no elements: a two-hour video has fifteen thousand. A click finds its word through the caret, marks are
// drawn by the highlight API.

import { getJson } from "./asking.js";
import { clock } from "./clock.js";

const canHighlight = "highlights" in CSS && typeof Highlight === "function";

export class Transcript extends EventTarget {
  constructor(root, words) {
    super();
    this.root = root;
    this.words = words;
    this.box = root.querySelector("[data-spoken]");
    this.follow = root.querySelector("[data-follow]");
    this.search = root.querySelector("[data-spoken-search]");
    this.found = root.querySelector("[data-spoken-found]");
    this.segments = [];
    this.now = -1;
    this.place = 0;
    this.box.addEventListener("click", event => this.clicked(event));
    this.search.addEventListener("input", () => this.look());
    this.search.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); this.next(event.shiftKey ? -1 : 1); } });
  }

  async load() {
    const answer = await getJson("transcript.json");
    if (!answer?.segments.length) return;
    this.segments = answer.segments.map(([start, end, words, offsets, hits], index) => ({ start: start / 10, end: end / 10, words, hits, times: offsets.map(offset => (start + offset) / 10), index }));
    const piece = document.createDocumentFragment();
    for (const segment of this.segments) piece.append(this.passage(segment));
    this.box.classList.add("live");
    if (answer.language) this.box.lang = answer.language;
    this.box.replaceChildren(piece);
  }

  passage(segment) {
    const line = Object.assign(document.createElement("p"), { className: "passage", id: `spoken-${segment.index + 1}` });
    const time = Object.assign(document.createElement("button"), { type: "button", className: "time", textContent: clock(segment.start) });
    const said = Object.assign(document.createElement("span"), { className: "said" });
    segment.places = [];
    let run = "", offset = 0;
    const text = () => { if (run) { said.append(run); run = ""; } };
    segment.words.forEach((word, place) => {
      const gap = place ? " " : "";
      segment.places.push([offset + gap.length, offset + gap.length + word.length]);
      offset += gap.length + word.length;
      if (segment.hits[place]) {
        run += gap;
        text();
        const link = Object.assign(document.createElement("a"), { className: "hit", href: `?finding=${segment.hits[place]}#evidence`, textContent: word });
        link.dataset.hit = segment.hits[place];
        said.append(link);
      } else run += gap + word;
    });
    text();
    line.append(time, said);
    segment.line = line;
    return line;
  }

  clicked(event) {
    const line = event.target.closest(".passage");
    if (!line || !this.segments.length) return;
    const segment = this.segments[Number(line.id.slice(7)) - 1];
    const hit = event.target.closest("[data-hit]");
    if (hit) {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent("choose", { detail: Number(hit.dataset.hit) - 1 }));
    } else if (event.target.closest("button")) this.seek(segment.start);
    else if (event.target.closest(".said") && getSelection().isCollapsed) this.seek(segment.times[this.wordAt(segment, event)] ?? segment.start);
  }

  seek(time) { this.dispatchEvent(new CustomEvent("seek", { detail: time })); }

  wordAt(segment, event) {
    const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const range = caret ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
    const node = caret?.offsetNode ?? range?.startContainer;
    if (!node || !segment.line.contains(node)) return 0;
    let offset = caret?.offset ?? range.startOffset;
    const walker = document.createTreeWalker(segment.line.lastElementChild, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() && walker.currentNode !== node) offset += walker.currentNode.data.length;
    const place = segment.places.findIndex(([, end]) => offset <= end);
    return place < 0 ? segment.places.length - 1 : place;
  }

  at(time, playing) {
    const { segments } = this;
    let now = this.now;
    if (!(now >= 0 && time >= segments[now].start && (now + 1 >= segments.length || time < segments[now + 1].start))) {
      now = segments.findLastIndex(segment => segment.start <= time);
    }
    if (now !== this.now) {
      segments[this.now]?.line.classList.remove("is-now");
      this.now = now;
      this.wordNow = -1;
      segments[now]?.line.classList.add("is-now");
      if (playing && this.follow.checked && now >= 0) this.reveal(segments[now].line);
    }
    if (now >= 0) this.paintWord(segments[now], time);
  }

  reveal(line) {
    const top = line.offsetTop - this.box.clientHeight / 3;
    if (Math.abs(top - this.box.scrollTop) > this.box.clientHeight / 4) this.box.scrollTop = top;
  }

  paintWord(segment, time) {
    if (!canHighlight) return;
    const place = time > segment.end + 0.5 ? -1 : segment.times.findLastIndex(start => start <= time);
    if (place === this.wordNow) return;
    this.wordNow = place;
    CSS.highlights.delete("word-now");
    if (place >= 0 && segment.words.length > 1) CSS.highlights.set("word-now", new Highlight(this.range(segment, ...segment.places[place])));
  }

  range(segment, from, until) {
    const range = document.createRange();
    const walker = document.createTreeWalker(segment.line.lastElementChild, NodeFilter.SHOW_TEXT);
    let offset = 0;
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      const end = offset + node.data.length;
      if (from >= offset && from <= end) range.setStart(node, from - offset);
      if (until >= offset && until <= end) { range.setEnd(node, until - offset); break; }
      offset = end;
    }
    return range;
  }

  look() {
    const fold = text => text.toLocaleLowerCase().replaceAll("ё", "е");
    const search = fold(this.search.value.trim());
    this.matches = [];
    this.place = 0;
    if (search) {
      for (const segment of this.segments) {
        const text = fold(segment.words.join(" "));
        for (let at = text.indexOf(search); at >= 0 && this.matches.length < 500; at = text.indexOf(search, at + search.length)) this.matches.push([segment, at, at + search.length]);
      }
    }
    if (canHighlight) {
      CSS.highlights.delete("word-found");
      if (this.matches.length) CSS.highlights.set("word-found", new Highlight(...this.matches.map(match => this.range(...match))));
    }
    this.say();
    if (this.matches.length) this.reveal(this.matches[0][0].line);
  }

  next(by) {
    if (!this.matches?.length) return;
    this.place = (this.place + by + this.matches.length) % this.matches.length;
    this.say();
    this.reveal(this.matches[this.place][0].line);
  }

  say() {
    if (!this.search.value.trim()) this.found.textContent = "";
    else if (!this.matches.length) this.found.textContent = this.words.nothingSaid;
    else this.found.textContent = `${this.place + 1} / ${this.matches.length}`;
  }
}
