// What the project wants blurred first: the picture while such a finding plays, and frames of such findings. Holding the
// button or the key B shows it.

export class Veil extends EventTarget {
  constructor(player, columns, data) {
    super();
    this.player = player;
    this.columns = columns;
    this.data = data;
    this.blurred = new Set(data.visual.blurred);
    this.button = player.root.querySelector("[data-act=veil]");
    this.reveal = player.root.querySelector("[data-reveal]");
    this.isOn = this.blurred.size > 0;
    this.guarded = Uint8Array.from({ length: columns.count }, (_, index) => (this.blurred.has(columns.group(index)) ? 1 : 0));
    if (!this.blurred.size && this.button) this.button.hidden = true;
    player.addEventListener("act", event => { if (event.detail === "veil") this.toggle(); });
    this.hold(document, "[data-reveal]", () => this.show(true), () => this.show(false));
    this.hold(document, "[data-reveal-frame]", target => target.closest(".veiled")?.classList.add("revealed"), () => this.coverFrames());
  }

  hold(root, selector, begin, end) {
    root.addEventListener("pointerdown", event => {
      const target = event.target.closest(selector);
      if (!target) return;
      event.preventDefault();
      begin(target);
      addEventListener("pointerup", end, { once: true });
      addEventListener("pointercancel", end, { once: true });
    });
    root.addEventListener("keydown", event => {
      const target = event.target.closest?.(selector);
      if (!target || ![" ", "Enter"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      begin(target);
      addEventListener("keyup", end, { once: true });
    });
  }

  coverFrames() {
    for (const frame of document.querySelectorAll(".veiled.revealed")) frame.classList.remove("revealed");
  }

  toggle() {
    this.isOn = !this.isOn;
    this.button.setAttribute("aria-pressed", String(this.isOn));
    this.covers = null;
    this.at(this.player.time);
    this.dispatchEvent(new Event("toggle"));
  }

  // The CSS filter for a small picture of this moment.
  filterAt(time, spread = 0) {
    const covers = this.isOn && (this.columns.playingAt(time, this.guarded) >= 0 || this.columns.playingAt(time + spread, this.guarded) >= 0);
    return [this.data.visual.grayscale ? "grayscale(1)" : "", covers ? "blur(10px)" : ""].join(" ").trim() || "none";
  }

  show(held) {
    this.player.screen.classList.toggle("revealed", held);
    if (!held) { this.coverFrames(); return; }
    for (const frame of document.querySelectorAll(".frame.veiled")) frame.classList.add("revealed");
  }

  at(time) {
    if (!this.player.video) return;
    const covers = this.isOn && this.columns.playingAt(time, this.guarded) >= 0;
    if (covers === this.covers) return;
    this.covers = covers;
    this.player.screen.classList.toggle("blurred", covers);
    if (this.reveal) this.reveal.hidden = !covers;
  }
}
