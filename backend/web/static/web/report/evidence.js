// The card of the chosen finding: made by the server, fetched when a finding is chosen, kept for going back and forth.

import { getText } from "./asking.js";

const KEPT = 60;

export class Evidence extends EventTarget {
  constructor(box) {
    super();
    this.box = box;
    this.cards = new Map();
    this.wanted = Number(box.querySelector("[data-shown]")?.dataset.shown ?? 0);
    box.addEventListener("click", event => {
      const link = event.target.closest("[data-seek]");
      if (!link) return;
      event.preventDefault();
      this.dispatchEvent(new CustomEvent("seek", { detail: { time: Number(link.dataset.seek), exactly: "exactly" in link.dataset } }));
    });
  }

  get stretch() {
    const card = this.box.querySelector("[data-shown]");
    return card ? [Number(card.dataset.start), Number(card.dataset.end)] : null;
  }

  async show(number) {
    if (this.wanted === number && this.box.querySelector(`[data-shown="${number}"]`)) return;
    this.wanted = number;
    if (!this.cards.has(number)) {
      this.box.classList.add("is-waiting");
      this.keep(number, getText(`findings/${number}`));
    }
    const card = await this.cards.get(number);
    if (this.wanted !== number) return;
    this.box.classList.remove("is-waiting");
    if (card === null) { this.cards.delete(number); return; }
    const page = new DOMParser().parseFromString(card, "text/html");
    this.box.replaceChildren(...page.body.childNodes);
    this.box.scrollTop = 0;
  }

  // What is likely to be asked for next.
  prepare(number) {
    if (!this.cards.has(number)) this.keep(number, getText(`findings/${number}`));
  }

  keep(number, card) {
    this.cards.set(number, card);
    if (this.cards.size > KEPT) this.cards.delete(this.cards.keys().next().value);
  }
}
