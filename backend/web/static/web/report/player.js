// The player: the browser's video with controls of our own. Without a video it still keeps a position in time.

import { longClock } from "./clock.js";

const SPEEDS = [1, 1.5, 2, 4];

export class Player extends EventTarget {
  constructor(root, data) {
    super();
    this.root = root;
    this.data = data;
    this.video = root.querySelector("[data-video]");
    this.screen = root.querySelector("[data-screen]");
    this.position = 0;
    this.loop = null;
    if (!this.video) return;
    this.video.removeAttribute("controls");
    if (data.visual.muted) this.video.muted = true;
    this.listen();
    this.show();
  }

  get time() { return this.video && this.video.readyState > 0 ? this.video.currentTime : this.position; }

  get playing() { return Boolean(this.video) && !this.video.paused; }

  listen() {
    const { video } = this;
    for (const kind of ["play", "pause", "volumechange", "ratechange"]) video.addEventListener(kind, () => this.show());
    video.addEventListener("play", () => this.tick());
    for (const kind of ["seeked", "seeking", "timeupdate", "loadedmetadata"]) video.addEventListener(kind, () => this.moved());
    video.addEventListener("loadedmetadata", () => { if (this.position) video.currentTime = this.position; }, { once: true });
    video.addEventListener("error", () => this.failed());
    this.screen.addEventListener("click", event => { if (event.target === video) this.toggle(); });
    this.screen.addEventListener("dblclick", event => { if (event.target === video) this.full(); });
    this.root.querySelector("[data-speed]").addEventListener("change", event => { video.playbackRate = Number(event.target.value); });
    this.root.querySelector("[data-volume]").addEventListener("input", event => {
      video.volume = Number(event.target.value);
      video.muted = video.volume === 0;
    });
    this.root.addEventListener("click", event => {
      const act = event.target.closest("[data-act]")?.dataset.act;
      if (act) this.act(act);
    });
  }

  act(name) {
    const acts = {
      "play": () => this.toggle(),
      "frame-back": () => this.step(-1),
      "frame-forth": () => this.step(1),
      "mute": () => this.mute(),
      "full": () => this.full(),
    };
    if (acts[name]) acts[name]();
    else this.dispatchEvent(new CustomEvent("act", { detail: name }));
  }

  toggle() {
    if (!this.video) return;
    if (this.video.paused) this.play(); else this.video.pause();
  }

  play() {
    this.video?.play().catch(trouble => { if (trouble.name !== "AbortError") console.warn(trouble.message); });
  }

  seek(time) {
    this.position = Math.min(Math.max(0, time), this.data.duration);
    if (this.video && this.video.readyState > 0) this.video.currentTime = Math.min(this.position, this.video.duration || this.position);
    this.moved();
  }

  skip(seconds) { this.seek(this.time + seconds); }

  step(frames) {
    this.video?.pause();
    // The middle of a frame, so that rounding does not show its neighbour.
    const fps = this.data.fps || 25;
    this.seek((Math.floor(this.time * fps + 1e-3) + frames + 0.5) / fps);
  }

  shuttle(direction) {
    if (!this.video) return;
    const place = SPEEDS.indexOf(this.video.playbackRate);
    if (direction > 0) {
      if (this.playing) this.speed(SPEEDS[Math.min(place + 1, SPEEDS.length - 1)] ?? 1);
      else this.play();
    } else if (this.playing && place > 0) this.speed(SPEEDS[place - 1]);
    else this.skip(-2);
  }

  speed(rate) { this.video.playbackRate = rate; }

  mute() { if (this.video) this.video.muted = !this.video.muted; }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.screen.requestFullscreen?.().catch(() => undefined);
  }

  // Plays ``[from, until]`` over and over; ``null`` stops that.
  repeat(stretch) {
    this.loop = stretch;
    this.root.querySelector("[data-act=loop]")?.setAttribute("aria-pressed", String(stretch !== null));
  }

  tick() {
    this.moved();
    if (this.playing) requestAnimationFrame(() => this.tick());
  }

  moved() {
    if (this.video && this.video.readyState > 0) this.position = this.video.currentTime;
    if (this.loop && this.playing && (this.position >= this.loop[1] || this.position < this.loop[0] - 0.5)) {
      this.video.currentTime = this.loop[0];
    }
    const words = longClock(this.position);
    const now = this.root.querySelector("[data-now]");
    if (now && now.textContent !== words) now.textContent = words;
    this.dispatchEvent(new Event("time"));
  }

  show() {
    const { video, root, data } = this;
    const play = root.querySelector("[data-act=play]");
    play.querySelector("use").setAttribute("href", video.paused ? "#i-play" : "#i-pause");
    root.querySelector("[data-play-word]").textContent = video.paused ? data.words.play : data.words.pause;
    const silent = video.muted || video.volume === 0;
    root.querySelector("[data-act=mute] use").setAttribute("href", silent ? "#i-silent" : "#i-sound");
    root.querySelector("[data-mute-word]").textContent = silent ? data.words.unmute : data.words.mute;
    root.querySelector("[data-volume]").value = video.muted ? 0 : video.volume;
    const speed = root.querySelector("[data-speed]");
    if ([...speed.options].some(option => Number(option.value) === video.playbackRate)) speed.value = String(video.playbackRate);
  }

  // An address plays for half a day: the first failure asks for a fresh one and goes on where it was.
  async failed() {
    if (this.renewed || this.position === 0) { this.root.querySelector("[data-unplayable]").hidden = false; return; }
    this.renewed = true;
    const at = this.position;
    const answer = await fetch("media.json").then(response => (response.ok ? response.json() : null)).catch(() => null);
    if (!answer?.url) { this.root.querySelector("[data-unplayable]").hidden = false; return; }
    this.video.src = answer.url;
    this.video.addEventListener("loadedmetadata", () => { this.video.currentTime = at; this.renewed = false; }, { once: true });
  }
}
