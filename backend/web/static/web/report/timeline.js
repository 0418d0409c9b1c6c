// The timeline as a control: seeks, chooses findings, zooms, moves, shows what is under the pointer.

import { getBytes } from "./asking.js";
import { clock } from "./clock.js";
import { Drawing } from "./drawing.js";
import { View } from "./view.js";

export class Timeline extends EventTarget {
  constructor(root, columns, data) {
    super();
    this.root = root;
    this.columns = columns;
    this.data = data;
    this.track = root.querySelector("[data-track]");
    this.tip = root.querySelector("[data-tip]");
    this.playhead = root.querySelector("[data-playhead]");
    this.view = new View(data.duration);
    this.drawing = new Drawing(root.querySelector("[data-canvas]"), columns, data.thumbnails);
    this.shown = new Uint8Array(columns.count).fill(1);
    this.chosen = -1;
    this.time = 0;
    this.listen();
    this.load();
  }

  listen() {
    const { track } = this;
    new ResizeObserver(() => { this.drawing.resize(); this.soon(); }).observe(track);
    new MutationObserver(() => this.recolour()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
    track.addEventListener("wheel", event => this.wheeled(event), { passive: false });
    track.addEventListener("pointerdown", event => this.pressed(event));
    track.addEventListener("pointermove", event => this.hovered(event));
    track.addEventListener("pointerleave", () => { this.tip.hidden = true; });
    track.addEventListener("keydown", event => this.keyed(event));
    this.root.addEventListener("click", event => {
      const zoom = event.target.closest("[data-zoom]")?.dataset.zoom;
      if (zoom) this.zoom(zoom);
    });
  }

  async load() {
    const { thumbnails } = this.data;
    if (thumbnails) {
      const picture = new Image();
      picture.src = thumbnails.url;
      picture.decode().then(() => { this.drawing.picture = picture; this.soon(); }, () => undefined);
    }
    const answer = await getBytes("waveform");
    if (answer?.bytes.length) {
      this.drawing.loudness = { bytes: answer.bytes, step: Number(answer.headers.get("X-Step")) || 0.1 };
      this.soon();
    }
  }

  recolour() { this.drawing.readColours(); this.soon(); }

  show(shown) { this.shown = shown; this.soon(); }

  choose(position) {
    this.chosen = position;
    if (position >= 0) this.view.follow(this.columns.start[position]);
    this.soon();
  }

  at(time) {
    this.time = time;
    const whole = Math.round(time);
    if (this.track.getAttribute("aria-valuenow") !== String(whole)) {
      this.track.setAttribute("aria-valuenow", String(whole));
      this.track.setAttribute("aria-valuetext", clock(time));
    }
    if (!this.dragging && this.view.follow(time)) this.soon();
    this.placeHead();
  }

  placeHead() {
    const x = this.view.toPixel(this.time, this.drawing.width || 0);
    this.playhead.style.transform = `translateX(${x}px)`;
    this.playhead.hidden = x < -1 || x > (this.drawing.width || 0) + 1;
  }

  soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.drawing.draw(this.view, this.shown, this.chosen);
      this.placeHead();
    });
  }

  zoom(how, around = this.time) {
    const { view } = this;
    const middle = around >= view.from && around <= view.until ? around : view.from + view.length / 2;
    if (how === "fit") view.fit(); else view.zoom(how === "in" ? 0.5 : 2, middle);
    this.soon();
  }

  wheeled(event) {
    const { view, drawing } = this;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      view.zoom(Math.exp(Math.sign(event.deltaY) * Math.min(0.5, Math.abs(event.deltaY) / 250)), view.toTime(this.point(event).x, drawing.width));
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      if (view.isWhole) return;
      event.preventDefault();
      view.move(view.from + ((event.deltaX || event.deltaY) / drawing.width) * view.length);
    } else return;
    this.soon();
  }

  point(event) {
    const box = this.track.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  pressed(event) {
    if (event.button) return;
    const { x, y } = this.point(event);
    const found = this.drawing.hit(this.view, x, y, this.shown);
    if (found >= 0) { this.dispatchEvent(new CustomEvent("choose", { detail: found })); return; }
    this.dragging = true;
    this.track.setPointerCapture(event.pointerId);
    this.track.addEventListener("lostpointercapture", () => { this.dragging = false; }, { once: true });
    this.seekTo(x);
  }

  seekTo(x) {
    const time = Math.min(Math.max(0, this.view.toTime(x, this.drawing.width)), this.data.duration);
    this.dispatchEvent(new CustomEvent("seek", { detail: time }));
  }

  hovered(event) {
    const { x, y } = this.point(event);
    if (this.dragging) this.seekTo(x);
    if (event.pointerType === "touch") return;
    const found = this.drawing.hit(this.view, x, y, this.shown);
    const time = found >= 0 ? this.columns.start[found] : this.view.toTime(x, this.drawing.width);
    this.tip.querySelector("[data-tip-time]").textContent = clock(time);
    this.tip.querySelector("[data-tip-title]").textContent = found >= 0 ? this.columns.titleOf(found) : "";
    this.tipPicture(time);
    this.tip.hidden = false;
    const half = this.tip.offsetWidth / 2;
    this.tip.style.transform = `translateX(${Math.min(Math.max(x - half, 0), this.drawing.width - 2 * half)}px)`;
  }

  tipPicture(time) {
    const { thumbnails } = this.data;
    const box = this.tip.querySelector("[data-tip-picture]");
    if (!thumbnails || !this.drawing.picture) return;
    const place = this.drawing.pictureAt(time);
    box.hidden = false;
    box.style.width = `${thumbnails.width}px`;
    box.style.height = `${thumbnails.height}px`;
    box.style.backgroundImage = `url("${thumbnails.url}")`;
    box.style.backgroundPosition = `-${(place % thumbnails.columns) * thumbnails.width}px -${Math.floor(place / thumbnails.columns) * thumbnails.height}px`;
    box.style.filter = this.drawing.filterAt(time);
  }

  keyed(event) {
    const page = this.view.length / 10;
    const times = { Home: 0, End: this.data.duration, PageUp: this.time - page, PageDown: this.time + page };
    if (!(event.key in times)) return;
    event.preventDefault();
    this.dispatchEvent(new CustomEvent("seek", { detail: Math.min(Math.max(0, times[event.key]), this.data.duration) }));
  }
}
