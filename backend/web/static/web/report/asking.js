// Asking the server for a piece of this report. Addresses are relative: the same behind an account and a share link.

export async function getJson(address) {
  const response = await ask(address);
  return response ? response.json() : null;
}

export async function getText(address) {
  const response = await ask(address);
  return response ? response.text() : null;
}

export async function getBytes(address) {
  const response = await ask(address);
  return response ? { bytes: new Uint8Array(await response.arrayBuffer()), headers: response.headers } : null;
}

async function ask(address) {
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (response.ok) return response;
  } catch (trouble) {
    console.warn(trouble);
  }
  document.dispatchEvent(new CustomEvent("report:failed"));
  return null;
}
