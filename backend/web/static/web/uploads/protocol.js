// The upload protocol of the REST API: begin, parts, finish, abort.

const API = "/api/v1";
const TRY_AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The network or the server is not there now: worth trying again, after `afterMs` at least. */
export class Unreachable extends Error {
  constructor(afterMs = 0) { super("unreachable"); this.afterMs = afterMs; }
}

/** The server said no; the message is its sentence, `code` its stable name. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.errors?.[0]?.detail ?? problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.code = problem.code ?? "";
  }
}

export const beginUpload = (project, file, signal) => ask("POST", `/projects/${project}/uploads`, {
  name: file.name, size_bytes: file.size, fingerprint: fingerprintOf(file),
}, signal);
export const partAddress = (upload, number, signal) => ask("GET", `/uploads/${upload}/parts/${number}/address`, null, signal);
export const finishUpload = (upload, sha256, signal) => ask("POST", `/uploads/${upload}/finish`, { sha256 }, signal);
export const abortUpload = upload => ask("DELETE", `/uploads/${upload}`);
export const startCheck = video => ask("POST", `/videos/${video}/runs`, {});
export const earlierChecks = (sha256, size, signal) => ask("GET", `/earlier-checks?sha256=${sha256}&size_bytes=${size}`, null, signal);
export const ownPartAddress = (upload, number) => `${API}/uploads/${upload}/parts/${number}`;

export const fingerprintOf = file => `${file.name}/${file.size}/${file.lastModified}`;

/** Sends the bytes of one part. `ours` is false for the signed address of a bucket, which gets no header of ours. */
export function putPart(address, bytes, { ours, digest, onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const give = () => request.abort();
    const settle = (done, value) => { signal.removeEventListener("abort", give); done(value); };
    request.open("PUT", address);
    if (ours) {
      request.setRequestHeader("X-CSRFToken", token());
      request.setRequestHeader("Content-Type", "application/octet-stream");
      if (digest) request.setRequestHeader("Content-Digest", digest);
    }
    request.upload.onprogress = event => onProgress(event.loaded);
    request.onerror = request.ontimeout = () => settle(reject, new Unreachable());
    request.onabort = () => settle(reject, signal.reason);
    request.onload = () => {
      if (request.status < 300) settle(resolve, request.getResponseHeader("ETag") ?? "");
      else settle(reject, failure(request.status, request.getResponseHeader("Retry-After"), parsed(request.responseText)));
    };
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", give, { once: true });
    request.send(bytes);
  });
}

async function ask(method, path, body, signal) {
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  if (body) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(API + path, { method, headers, body: body && JSON.stringify(body), signal });
  } catch (error) {
    throw signal?.aborted ? signal.reason : new Unreachable();
  }
  const text = await response.text();
  if (!response.ok) throw failure(response.status, response.headers.get("Retry-After"), parsed(text));
  return text ? JSON.parse(text) : null;
}

function failure(status, retryAfter, problem) {
  return TRY_AGAIN.has(status) ? new Unreachable(1000 * (Number(retryAfter) || 0)) : new Refused(status, problem);
}

function parsed(text) {
  try { return JSON.parse(text) ?? {}; } catch { return {}; }
}

const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
