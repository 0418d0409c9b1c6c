// Sizes, times and sentences in the language of the page.

const language = document.documentElement.lang;

export class Wording {
  constructor(words) { this.words = words; }

  say(key, values = {}) {
    return this.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  size(bytes) {
    const unit = Math.min(this.words.bytes.length - 1, bytes < 1024 ? 0 : Math.floor(Math.log(bytes) / Math.log(1024)));
    const digits = unit > 1 ? 1 : 0;
    const number = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return `${number.format(bytes / 1024 ** unit)}\u00a0${this.words.bytes[unit]}`;
  }

  /** Coarser the longer it takes, so that it does not flicker. */
  left(seconds) {
    if (seconds < 60) return this.say("seconds", { n: Math.max(1, seconds < 10 ? Math.ceil(seconds) : 5 * Math.ceil(seconds / 5)) });
    const minutes = Math.ceil(seconds / 60);
    return minutes < 60 ? this.say("minutes", { n: minutes }) : this.say("hours", { n: Math.floor(minutes / 60), m: minutes % 60 });
  }

  day(text) {
    return new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(new Date(text));
  }
}
