// One transfer as a row of the panel.

import { Elsewhere } from "./alone.js";

const BETWEEN_PAINTS_MS = 200;

export class Row {
  #painted = 0;
  #timer = null;

  constructor(template, wording, settings) {
    this.wording = wording;
    this.settings = settings;
    this.element = template.content.firstElementChild.cloneNode(true);
    this.parts = Object.fromEntries(
      ["name", "where", "state", "pause", "go", "again", "open", "cancel"].map(name => [name, this.element.querySelector(`[data-${name}]`)]));
    this.bar = this.element.querySelector("progress");
  }

  name(file, where = "") {
    this.parts.name.textContent = this.parts.name.title = file;
    this.parts.where.textContent = where;
    this.bar.setAttribute("aria-label", file);
  }

  /** Shows a transfer from now on. */
  show(transfer) {
    this.transfer = transfer;
    this.parts.again.hidden = true;
    transfer.addEventListener("state", () => this.paint());
    transfer.addEventListener("progress", () => this.#paintSoon());
    this.paint();
  }

  fail(sentence) {
    this.element.classList.add("failed");
    this.parts.state.textContent = sentence;
    this.bar.hidden = this.parts.pause.hidden = true;
  }

  offerAgain(done, size) {
    this.element.classList.add("paused");
    this.bar.max = size;
    this.bar.value = done;
    this.parts.pause.hidden = true;
    this.parts.again.hidden = false;
    this.parts.state.textContent = this.wording.say("resumable", { done: this.wording.size(done), size: this.wording.size(size) });
  }

  paint() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#painted = performance.now();
    const { transfer, parts } = this;
    for (const state of ["queued", "sending", "waiting", "paused", "finishing", "done", "failed", "cancelled"]) {
      this.element.classList.toggle(state, transfer.state === state);
    }
    this.bar.max = transfer.file.size;
    this.bar.value = transfer.state === "done" ? transfer.file.size : transfer.sent;
    this.bar.hidden = ["failed", "cancelled"].includes(transfer.state);
    parts.state.textContent = this.#sentence();
    parts.pause.hidden = !["queued", "sending", "waiting"].includes(transfer.state);
    parts.go.hidden = !["paused", "failed"].includes(transfer.state);
    parts.open.hidden = transfer.state !== "done";
    if (transfer.video) parts.open.href = this.settings.video.replace("{id}", transfer.video.id);
    parts.cancel.hidden = transfer.state === "finishing";
  }

  #paintSoon() {
    this.#timer ??= setTimeout(() => this.paint(), Math.max(0, BETWEEN_PAINTS_MS - (performance.now() - this.#painted)));
  }

  #sentence() {
    const { transfer, wording } = this;
    const [done, size] = [wording.size(transfer.sent), wording.size(transfer.file.size)];
    switch (transfer.state) {
      case "queued": return wording.say("queued");
      case "waiting": return wording.say("offline", { done, size });
      case "paused":
        if (transfer.error instanceof Elsewhere) return wording.say("elsewhere");
        return transfer.error ? wording.say("signIn") : wording.say("paused", { done, size });
      case "finishing": return wording.say("finishing");
      case "done": return wording.say("done");
      case "cancelled": return wording.say("cancelled");
      case "failed": return transfer.why ? wording.say("broken", { why: transfer.why }) : wording.say("unreadable");
      default:
        if (!transfer.uploadId) return wording.say("begins");
        if (!transfer.speed) return wording.say("sendingSlowly", { done, size });
        return wording.say("sending", {
          done, size, speed: wording.size(transfer.speed), left: wording.left((transfer.file.size - transfer.sent) / transfer.speed),
        });
    }
  }
}
