// SHA-256 of a file, read in pieces, beside the page. In: a File. Out: {progress} and at last {digest} or {failed}.

import { sha256 } from "../vendor/noble-hashes/sha2.js";
import { bytesToHex } from "../vendor/noble-hashes/utils.js";

self.onmessage = async ({ data: file }) => {
  const hash = sha256.create();
  try {
    const reader = file.stream().getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      hash.update(value);
    }
    self.postMessage({ digest: bytesToHex(hash.digest()) });
  } catch {
    self.postMessage({ failed: true });
  }
};
