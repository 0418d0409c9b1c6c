// Draws the timeline on its canvas: loudness and speech, a lane a category group, shots, thumbnails, the scale.

import { axisClock } from "./clock.js";

export const LOUD = 36;
export const LANE = 22;
export const PICTURES = 44;
export const AXIS = 20;
const LEAST_MARK = 4;
const SEVERITY_HEIGHTS = [0.4, 0.55, 0.7, 0.85, 1];

export class Drawing {
  constructor(canvas, columns, thumbnails) {
    this.canvas = canvas;
    this.columns = columns;
    this.pen = canvas.getContext("2d");
    this.loudness = null;
    this.filterAt = () => "none"; // how the project wants the picture of a moment shown
    this.picture = null;
    this.thumbnails = thumbnails;
    this.lanes = new Map(columns.groups.map(([group], place) => [group, place]));
    this.picturesTop = LOUD + columns.groups.length * LANE;
    this.height = this.picturesTop + (thumbnails ? PICTURES : 0) + AXIS;
  }

  resize() {
    const ratio = Math.min(devicePixelRatio || 1, 2);
    this.width = this.canvas.clientWidth;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.readColours();
  }

  readColours() {
    const style = getComputedStyle(this.canvas);
    const of = name => style.getPropertyValue(name).trim();
    const probe = document.createElement("i");
    this.canvas.parentElement.append(probe);
    const colour = (className, property = "--lane") => {
      probe.className = className;
      probe.style.color = `var(${property})`;
      return getComputedStyle(probe).color;
    };
    this.colours = { text: colour("", "--text"), quiet: colour("", "--quiet"), sunken: colour("", "--sunken"), line: colour("", "--line"), accent: colour("", "--accent"), speech: colour("lane-speech"), lanes: this.columns.groups.map(([group]) => colour(`lane-${group}`)) };
    probe.remove();
    this.font = `11px ${of("--font") || "sans-serif"}`;
  }

  draw(view, shown, chosen) {
    const { pen, width } = this;
    if (!width) return;
    pen.clearRect(0, 0, width, this.height);
    this.grounds();
    this.shots(view);
    this.speech(view);
    this.marks(view, shown, chosen);
    if (this.thumbnails) this.pictures(view);
    this.scale(view);
  }

  grounds() {
    const { pen, width, colours } = this;
    pen.fillStyle = colours.sunken;
    pen.fillRect(0, 1, width, LOUD - 2);
    for (let lane = 0; lane < this.lanes.size; lane++) pen.fillRect(0, LOUD + lane * LANE + 1, width, LANE - 2);
  }

  shots(view) {
    const { pen, width, colours } = this;
    pen.fillStyle = colours.line;
    for (const shot of this.columns.shots) {
      if (shot < view.from || shot > view.until) continue;
      pen.fillRect(Math.round(view.toPixel(shot, width)), 1, 1, this.picturesTop - 2);
    }
  }

  speech(view) {
    const { pen, width, colours } = this;
    pen.fillStyle = colours.speech;
    if (this.loudness) this.wave(view);
    pen.globalAlpha = this.loudness ? 0.9 : 0.6;
    for (const [from, until] of this.columns.speech) {
      if (until < view.from || from > view.until) continue;
      const left = view.toPixel(from, width);
      pen.fillRect(left, this.loudness ? LOUD - 5 : LOUD / 2 - 4, Math.max(1, view.toPixel(until, width) - left), this.loudness ? 3 : 8);
    }
    pen.globalAlpha = 1;
  }

  wave(view) {
    const { pen, width, loudness } = this;
    pen.globalAlpha = 0.55;
    const middle = (LOUD - 6) / 2 + 1;
    for (let x = 0; x < width; x++) {
      const first = Math.floor(view.toTime(x, width) / loudness.step);
      const last = Math.max(first, Math.floor(view.toTime(x + 1, width) / loudness.step) - 1);
      let peak = 0;
      for (let i = first; i <= last; i++) peak = Math.max(peak, loudness.bytes[i] ?? 0);
      const half = (peak / 255) * (middle - 2);
      if (half >= 0.5) pen.fillRect(x, middle - half, 1, 2 * half);
    }
    pen.globalAlpha = 1;
  }

  marks(view, shown, chosen) {
    const { pen, width, columns, colours } = this;
    const last = columns.firstFrom(view.until);
    for (let i = columns.firstFrom(view.from - columns.longest); i < last; i++) {
      if (columns.end[i] < view.from) continue;
      const lane = this.lanes.get(columns.group(i));
      const left = view.toPixel(columns.start[i], width);
      const wide = Math.max(LEAST_MARK, view.toPixel(columns.end[i], width) - left);
      const tall = Math.round((LANE - 6) * SEVERITY_HEIGHTS[columns.severity[i]]);
      const bottom = LOUD + (lane + 1) * LANE - 3;
      pen.globalAlpha = shown[i] ? 1 : 0.16;
      pen.fillStyle = colours.lanes[lane];
      pen.beginPath();
      pen.roundRect(left - (wide === LEAST_MARK ? 1 : 0), bottom - tall, wide, tall, 1.5);
      pen.fill();
    }
    pen.globalAlpha = 1;
    if (chosen >= 0) this.ring(view, chosen);
  }

  ring(view, index) {
    const { pen, width, columns, colours } = this;
    const top = LOUD + this.lanes.get(columns.group(index)) * LANE;
    const left = view.toPixel(columns.start[index], width);
    const wide = Math.max(LEAST_MARK, view.toPixel(columns.end[index], width) - left);
    pen.strokeStyle = colours.text;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.roundRect(left - 4, top + 1, wide + 7, LANE - 2, 3);
    pen.stroke();
  }

  pictures(view) {
    const { pen, width, colours, thumbnails, picture } = this;
    const tall = PICTURES - 4;
    const wide = Math.round((tall * thumbnails.width) / thumbnails.height);
    for (let left = 0; left < width; left += wide) {
      const time = view.toTime(left + wide / 2, width);
      const place = this.pictureAt(time);
      pen.fillStyle = colours.sunken;
      pen.fillRect(left, this.picturesTop + 2, wide - 1, tall);
      if (!picture) continue;
      pen.save();
      pen.beginPath();
      pen.rect(left, this.picturesTop + 2, wide - 1, tall);
      pen.clip();
      pen.filter = this.filterAt(time);
      pen.drawImage(picture, (place % thumbnails.columns) * thumbnails.width, Math.floor(place / thumbnails.columns) * thumbnails.height, thumbnails.width, thumbnails.height, left, this.picturesTop + 2, wide - 1, tall);
      pen.restore();
    }
  }

  pictureAt(time) {
    return Math.min(this.thumbnails.count - 1, Math.max(0, Math.floor(time / this.thumbnails.every_s)));
  }

  scale(view) {
    const { pen, width, colours } = this;
    const top = this.height - AXIS;
    pen.font = this.font;
    pen.textBaseline = "top";
    for (const time of view.ticks(Math.max(2, Math.floor(width / 84)))) {
      const x = view.toPixel(time, width);
      const words = axisClock(time);
      const half = pen.measureText(words).width / 2;
      pen.fillStyle = colours.quiet;
      pen.fillRect(Math.min(width - 1, Math.round(x)), top, 1, 4);
      pen.fillText(words, Math.min(Math.max(0, x - half), width - 2 * half), top + 6);
    }
  }

  // The finding under a point: the nearest in the lane within four pixels. -1 when there is none.
  hit(view, x, y, shown) {
    const lane = Math.floor((y - LOUD) / LANE);
    if (lane < 0 || lane >= this.lanes.size) return -1;
    const { columns, width } = this;
    const time = view.toTime(x, width);
    const slack = (4 / width) * view.length;
    let best = -1, bestFar = Infinity;
    const last = columns.firstFrom(time + slack);
    for (let i = columns.firstFrom(time - slack - columns.longest); i < last; i++) {
      if (!shown[i] || this.lanes.get(columns.group(i)) !== lane) continue;
      const end = Math.max(columns.end[i], columns.start[i] + slack);
      const far = time < columns.start[i] ? columns.start[i] - time : time > end ? time - end : 0;
      if (far <= slack && (far < bestFar || (far === bestFar && columns.start[i] > columns.start[best]))) { best = i; bestFar = far; }
    }
    return best;
  }
}
