// Which stretch of the video the timeline shows, in seconds, and how that maps to pixels.

const SHORTEST = 2;

export class View {
  constructor(duration) {
    this.duration = Math.max(duration, 0.1);
    this.from = 0;
    this.length = this.duration;
  }

  get until() { return this.from + this.length; }

  get isWhole() { return this.length >= this.duration; }

  toPixel(time, width) { return ((time - this.from) / this.length) * width; }

  toTime(pixel, width) { return this.from + (pixel / width) * this.length; }

  zoom(factor, around) {
    const length = Math.min(this.duration, Math.max(Math.min(SHORTEST, this.duration), this.length * factor));
    const share = (around - this.from) / this.length;
    this.length = length;
    this.move(around - share * length);
  }

  move(from) { this.from = Math.min(Math.max(0, from), this.duration - this.length); }

  fit() { this.from = 0; this.length = this.duration; }

  // Turns the page when the position runs out of sight.
  follow(time) {
    if (this.isWhole || (time >= this.from && time <= this.until)) return false;
    this.move(time - this.length * 0.1);
    return true;
  }

  ticks(most) {
    const steps = [0.1, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
    const step = steps.find(candidate => this.length / candidate <= most) ?? 7200;
    const times = [];
    for (let time = Math.ceil(this.from / step) * step; time <= this.until + 1e-6; time += step) times.push(time);
    return times;
  }
}
