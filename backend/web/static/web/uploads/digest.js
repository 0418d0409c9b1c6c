// The digest of a file, computed beside the page; and that of one part, where the browser has the means.

const WORKER = new URL("./digest-worker.js", import.meta.url);

/** Hex, or "" where the browser cannot; the server computes its own either way. Rejects when `signal` aborts. */
export function digestOf(file, signal) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { type: "module" });
    const over = (settle, value) => { worker.terminate(); settle(value); };
    worker.onmessage = ({ data }) => over(resolve, data.digest ?? "");
    worker.onerror = () => over(resolve, "");
    signal.addEventListener("abort", () => over(reject, signal.reason), { once: true });
    worker.postMessage(file);
  });
}

/** RFC 9530's Content-Digest of a part; undefined outside of secure contexts. */
export async function contentDigest(bytes) {
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha-256=:${btoa(String.fromCharCode(...digest))}:`;
}
