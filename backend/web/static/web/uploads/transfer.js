// One file on its way: parts in parallel, tried again while the network is away, gone on with after a pause.

import { alone, Elsewhere } from "./alone.js";
import { contentDigest, digestOf } from "./digest.js";
import * as protocol from "./protocol.js";

const PARTS_AT_ONCE = 3;
const LONGEST_WAIT_MS = 30_000;
const SPEED_WINDOW_MS = 8_000;
const FINISHING_TRIES = 3;
const SEND_AGAIN = new Set(["upload-incomplete", "digest-mismatch", "upload-not-open", "invalid-input"]);

/** States: queued, sending, waiting (for the network), paused, finishing, done, failed, cancelled. */
export class Transfer extends EventTarget {
  state = "queued";
  why = "";
  uploadId = null;
  video = null;
  #sent = new Map();
  #samples = [];
  #digest = null;
  #control = null;
  #asked = false;
  #waiting = 0;

  /** `decide(videos)` is asked when the same bytes are here already; anything but "send" ends the transfer. */
  constructor(file, project, decide) {
    super();
    this.file = file;
    this.project = project;
    this.decide = decide;
  }

  get sent() {
    return Math.min(this.file.size, [...this.#sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  }

  /** Bytes a second over the last seconds; 0 when not known. */
  get speed() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    return first && last.at - first.at > 500 ? Math.max(0, (last.sent - first.sent) / (last.at - first.at) * 1000) : 0;
  }

  get isActive() { return ["sending", "waiting", "finishing"].includes(this.state); }
  get isOver() { return ["done", "failed", "cancelled"].includes(this.state); }

  async run() {
    this.#control = new AbortController();
    const { signal } = this.#control;
    this.#become("sending");
    try {
      await alone(this.project, protocol.fingerprintOf(this.file), () => {
        this.#digest ??= this.#watchedDigest(signal);
        return this.#send(signal);
      });
    } catch (error) {
      if (signal.aborted) return;
      this.#control.abort();
      this.why = error instanceof protocol.Refused ? error.message : "";
      this.#become(error.status === 401 || error instanceof Elsewhere ? "paused" : "failed", error);
    }
  }

  pause() { this.#stop("paused"); }
  wait() { if (!this.isOver) this.#become("queued"); }

  /** Gives up what the server holds; nothing of it is left. */
  cancel() {
    this.#stop("cancelled");
    if (this.uploadId) protocol.abortUpload(this.uploadId).catch(() => {}); // a forgotten one is given up after a week
  }

  #stop(state) {
    if (this.isOver) return;
    this.#control?.abort(new DOMException(state, "AbortError"));
    this.#digest = this.#digestDone ? this.#digest : null;
    this.#become(state);
  }

  #digestDone = false;

  async #watchedDigest(signal) {
    const sha256 = await digestOf(this.file, signal);
    this.#digestDone = true;
    if (sha256 && !this.#asked) {
      const same = await this.#insist(() => protocol.earlierChecks(sha256, this.file.size, signal), signal);
      this.#asked = true;
      if (same.length && await this.decide(this, same) !== "send") this.cancel();
    }
    return sha256;
  }

  async #send(signal) {
    for (let tries = 1; ; tries += 1) {
      const upload = await this.#insist(() => protocol.beginUpload(this.project, this.file, signal), signal);
      this.uploadId = upload.id;
      this.#sent = new Map(upload.parts.map(part => [part.number, part.size_bytes]));
      this.#samples = [];
      this.#tell();
      try {
        await this.#sendParts(upload, signal);
        const sha256 = await this.#digest;
        signal.throwIfAborted();
        this.#become("finishing");
        this.video = await this.#insist(() => protocol.finishUpload(upload.id, sha256, signal), signal);
        break;
      } catch (error) {
        if (error.code === "upload-not-open") this.video = await this.#finishedElsewhere(upload.id, signal);
        if (this.video) break;
        if (!SEND_AGAIN.has(error.code) || tries === FINISHING_TRIES) throw error;
        this.#become("sending");
      }
    }
    await this.#insist(() => protocol.startCheck(this.video.id), signal).catch(refusedIsFine);
    this.#become("done");
  }

  /** The video, when another browser sent the rest of the same upload; else `null`. */
  async #finishedElsewhere(id, signal) {
    const sha256 = await this.#digest;
    return this.#insist(() => protocol.finishUpload(id, sha256, signal), signal).catch(error => {
      if (!(error instanceof protocol.Refused)) throw error;
      return null;
    });
  }

  async #sendParts(upload, signal) {
    const missing = [];
    for (let number = 1; number <= upload.part_count; number += 1) if (!this.#sent.has(number)) missing.push(number);
    if (!missing.length) return;
    const first = await this.#insist(() => protocol.partAddress(upload.id, missing[0], signal), signal);
    const ours = first.needs_authorization;
    const addressOf = number => ours
      ? protocol.ownPartAddress(upload.id, number)
      : protocol.partAddress(upload.id, number, signal).then(answer => answer.url);
    const lane = async () => {
      for (let number = missing.shift(); number; number = missing.shift()) await this.#sendPart(upload, number, ours, addressOf, signal);
    };
    await Promise.all(Array.from({ length: PARTS_AT_ONCE }, lane));
  }

  async #sendPart(upload, number, ours, addressOf, signal) {
    const start = (number - 1) * upload.part_size_bytes;
    const piece = this.file.slice(start, Math.min(start + upload.part_size_bytes, this.file.size));
    await this.#insist(async () => {
      const bytes = await piece.arrayBuffer();
      const digest = ours ? await contentDigest(bytes) : undefined;
      const onProgress = loaded => { this.#sent.set(number, Math.min(loaded, piece.size)); this.#sample(); };
      try {
        await protocol.putPart(await addressOf(number), bytes, { ours, digest, onProgress, signal });
        onProgress(piece.size);
      } catch (error) {
        this.#sent.delete(number);
        throw error;
      }
    }, signal);
  }

  /** Tries until it succeeds or is refused; meanwhile the transfer says that it waits. */
  async #insist(attempt, signal) {
    for (let failures = 0; ; failures += 1) {
      try {
        const answer = await attempt();
        if (failures) this.#settleWaiting(-1);
        return answer;
      } catch (error) {
        if (!(error instanceof protocol.Unreachable)) { if (failures) this.#settleWaiting(-1); throw error; }
        if (!failures) this.#settleWaiting(1);
        await pauseBetween(Math.max(error.afterMs, Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures) * (0.5 + Math.random() / 2)), signal);
      }
    }
  }

  #settleWaiting(change) {
    this.#waiting = Math.max(0, this.#waiting + change);
    if (this.state === "sending" && this.#waiting) this.#become("waiting");
    else if (this.state === "waiting" && !this.#waiting) { this.#samples = []; this.#become("sending"); }
  }

  #sample() {
    const now = performance.now();
    this.#samples.push({ at: now, sent: this.sent });
    while (now - this.#samples[0].at > SPEED_WINDOW_MS) this.#samples.shift();
    this.#tell();
  }

  #become(state, error = null) {
    if (state === "sending" || state === "paused") this.#waiting = 0;
    this.state = state;
    this.error = error;
    this.#tell();
    this.dispatchEvent(new Event("state"));
  }

  #tell() { this.dispatchEvent(new Event("progress")); }
}

function refusedIsFine(error) {
  if (!(error instanceof protocol.Refused)) throw error; // it is being checked already, or may be checked by hand
}

/** Ends early when the browser says that the network is back. */
function pauseBetween(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms, resolve);
    const back = () => done(resolve);
    const stop = () => done(reject);
    function done(settle) {
      clearTimeout(timer);
      removeEventListener("online", back);
      signal.removeEventListener("abort", stop);
      settle(settle === reject ? signal.reason : undefined);
    }
    addEventListener("online", back);
    signal.addEventListener("abort", stop);
  });
}
