// Which transfers are at work: two files at once, in the order in which they came.

const FILES_AT_ONCE = 2;

export class Queue extends EventTarget {
  transfers = [];

  add(transfer) {
    this.transfers.push(transfer);
    transfer.addEventListener("state", () => { this.#next(); this.dispatchEvent(new Event("change")); });
    this.#next();
    this.dispatchEvent(new Event("change"));
  }

  remove(transfer) {
    this.transfers = this.transfers.filter(one => one !== transfer);
    this.dispatchEvent(new Event("change"));
  }

  /** Goes on as soon as there is room. */
  go(transfer) {
    transfer.state = "queued";
    transfer.dispatchEvent(new Event("state"));
  }

  get unfinished() { return this.transfers.filter(one => !one.isOver); }
  get done() { return this.transfers.filter(one => one.state === "done"); }

  #next() {
    const active = this.transfers.filter(one => one.isActive).length;
    for (const transfer of this.transfers.filter(one => one.state === "queued").slice(0, Math.max(0, FILES_AT_ONCE - active))) transfer.run();
  }
}
