// All findings of the report as columns of numbers (timeline.json): what the timeline, filters and table work on.

export class Columns {
  constructor(sent) {
    this.count = sent.start.length;
    this.duration = sent.duration / 10;
    this.start = new Float64Array(this.count);
    this.end = new Float64Array(this.count);
    let at = 0;
    for (let i = 0; i < this.count; i++) {
      at += sent.start[i];
      this.start[i] = at / 10;
      this.end[i] = (at + sent.length[i]) / 10;
    }
    this.category = Uint8Array.from(sent.category);
    this.severity = Uint8Array.from(sent.severity);
    this.pack = Uint8Array.from(sent.pack);
    this.title = Uint16Array.from(sent.title);
    this.action = Uint8Array.from(sent.action);
    this.categories = sent.categories;
    this.packs = sent.packs;
    this.titles = sent.titles;
    this.severities = sent.severities;
    this.groups = sent.groups;
    this.shots = sent.shots.map(tenths => tenths / 10);
    this.speech = [];
    for (let i = 0; i < sent.speech.length; i += 2) {
      this.speech.push([sent.speech[i] / 10, (sent.speech[i] + sent.speech[i + 1]) / 10]);
    }
    this.longest = 0;
    for (let i = 0; i < this.count; i++) this.longest = Math.max(this.longest, this.end[i] - this.start[i]);
  }

  group(index) { return this.categories[this.category[index]][1]; }

  titleOf(index) { return this.titles[this.title[index]]; }

  // Position of the first finding that starts at ``time`` or later.
  firstFrom(time) {
    let low = 0, high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start[middle] < time) low = middle + 1; else high = middle;
    }
    return low;
  }

  // The finding that plays at ``time`` among those that ``shown`` keeps: the one that started last. -1 when none does.
  playingAt(time, shown) {
    for (let i = this.firstFrom(time + 0.05) - 1; i >= 0 && this.start[i] >= time - this.longest - 0.5; i--) {
      if (shown[i] && time <= Math.max(this.end[i], this.start[i] + 0.4)) return i;
    }
    return -1;
  }
}
