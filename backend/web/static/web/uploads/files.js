// Files that somebody dropped, picked or pasted; folders are walked.

/** Every file of a drop or a paste. The entries must be taken before the event is over, so this begins at once. */
export async function filesOf(transfer) {
  const entries = [...transfer.items].filter(item => item.kind === "file").map(item => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const files = await Promise.all(entries.filter(Boolean).map(entry => entry instanceof File ? [entry] : walk(entry)));
  return { files: files.flat(), hadFolder: entries.some(entry => entry?.isDirectory) };
}

async function walk(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // gives a hundred at a time
    if (!some.length) return (await Promise.all(found.map(walk))).flat();
    found.push(...some);
  }
}

/** Why a file cannot be taken: a key of the words, or "" when it can. */
export function refusal(file, { formats, largest }) {
  if (!formats.includes(file.name.split(".").pop().toLowerCase())) return "wrongFormat";
  if (file.size === 0) return "empty";
  return file.size > largest ? "tooLarge" : "";
}
