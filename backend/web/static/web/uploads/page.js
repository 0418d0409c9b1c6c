// Uploading on the pages of the library: what is dropped, picked or pasted becomes rows with progress.

import { alone, Elsewhere } from "./alone.js";
import { filesOf, refusal } from "./files.js";
import { abortUpload, fingerprintOf, startCheck } from "./protocol.js";
import { Queue } from "./queue.js";
import { Row } from "./row.js";
import { Transfer } from "./transfer.js";
import { Wording } from "./wording.js";

const byId = id => document.getElementById(id);
const settings = JSON.parse(byId("upload-settings").textContent);
const wording = new Wording(settings.words);
const queue = new Queue();
const rows = new Map();
const resumable = new Map(settings.unfinished.map(upload => [upload.fingerprint, upload]));
const project = () => byId("into-project")?.value ?? settings.project;

function newRow(name, where = "") {
  const row = new Row(byId("transfer-row"), wording, settings);
  row.name(name, where);
  byId("transfers").prepend(row.element);
  byId("transfers").hidden = byId("transfers-head").hidden = false;
  return row;
}

function dropRow(row) {
  row.element.remove();
  byId("transfers").hidden = byId("transfers-head").hidden = byId("transfers").children.length === 0;
}

// Files

function add(files, { quietly = false } = {}) {
  const wanted = quietly ? files.filter(file => !refusal(file, settings)) : files;
  if (!wanted.length) return news(wording.say("nothing"));
  for (const file of wanted) addOne(file);
  news(wording.say("announceAdded", { count: wanted.length }));
}

function addOne(file) {
  const problem = refusal(file, settings);
  if (problem) {
    const row = newRow(file.name);
    row.fail(wording.say(problem, { formats: settings.formats.join(", "), limit: wording.size(settings.largest) }));
    row.parts.cancel.addEventListener("click", () => dropRow(row));
    return;
  }
  const fingerprint = fingerprintOf(file);
  const begun = resumable.get(fingerprint);
  resumable.delete(fingerprint);
  if (queue.unfinished.some(one => fingerprintOf(one.file) === fingerprint)) return;
  const transfer = new Transfer(file, begun?.project ?? project(), askAboutSame);
  const row = begun?.row ?? newRow(file.name, file.webkitRelativePath);
  rows.set(transfer, row);
  row.show(transfer);
  row.parts.pause.addEventListener("click", () => transfer.pause());
  row.parts.go.addEventListener("click", () => queue.go(transfer));
  row.parts.cancel.addEventListener("click", () => {
    if (!transfer.isOver) transfer.cancel();
    queue.remove(transfer);
    dropRow(row);
  });
  transfer.addEventListener("state", () => settled(transfer));
  queue.add(transfer);
}

function settled(transfer) {
  if (transfer.state === "done") {
    news(wording.say("announceDone", { name: transfer.file.name }));
    refreshLibrary();
  } else if (transfer.state === "failed") {
    news(wording.say("announceFailed", { name: transfer.file.name }));
  }
}

// Uploads that broke off before this page was opened

for (const upload of settings.unfinished) {
  const row = newRow(upload.name, upload.project_name);
  upload.row = row;
  row.offerAgain(upload.received_bytes, upload.size_bytes);
  row.parts.again.querySelector("input").addEventListener("change", event => add([...event.target.files]));
  row.parts.cancel.addEventListener("click", () => {
    if (rows.size && [...rows.values()].includes(row)) return; // it goes on: its own button counts
    alone(upload.project, upload.fingerprint, () => {
      resumable.delete(upload.fingerprint);
      abortUpload(upload.id).catch(() => {}); // it is given up after a week in any case
      dropRow(row);
    }).catch(error => {
      if (!(error instanceof Elsewhere)) throw error;
      row.parts.state.textContent = wording.say("elsewhere");
    });
  });
}

// The same bytes are here already

async function askAboutSame(transfer, videos) {
  const dialog = byId("duplicate");
  const same = videos[0];
  await turn(dialog);
  dialog.querySelector("[data-sentence]").textContent =
    wording.say("duplicate", { name: same.name, when: wording.day(same.created_at) });
  dialog.returnValue = "cancel";
  dialog.showModal();
  await new Promise(resolve => dialog.addEventListener("close", resolve, { once: true }));
  const answer = dialog.returnValue || "cancel";
  if (answer === "check") await startCheck(same.id).catch(() => {}); // then its page says why not
  if (answer === "open" || answer === "check") location.assign(settings.video.replace("{id}", same.id));
  return answer;
}

/** One question at a time. */
async function turn(dialog) {
  while (dialog.open) await new Promise(resolve => dialog.addEventListener("close", resolve, { once: true }));
}

// Ways in

for (const id of ["pick-files", "pick-folder"]) {
  byId(id).addEventListener("change", event => {
    add([...event.target.files], { quietly: id === "pick-folder" });
    event.target.value = "";
  });
}

document.addEventListener("click", event => {
  if (!event.target.closest("[data-pick]")) return;
  event.preventDefault();
  byId("pick-files").click();
});

let inside = 0;
const carriesFiles = event => event.dataTransfer?.types.includes("Files");

document.addEventListener("dragenter", event => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  inside += 1;
  byId("drop-veil").hidden = false;
});
document.addEventListener("dragover", event => { if (carriesFiles(event)) event.preventDefault(); });
document.addEventListener("dragleave", event => {
  if (carriesFiles(event) && (inside -= 1) <= 0) { inside = 0; byId("drop-veil").hidden = true; }
});
document.addEventListener("drop", async event => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  inside = 0;
  byId("drop-veil").hidden = true;
  const { files, hadFolder } = await filesOf(event.dataTransfer);
  add(files, { quietly: hadFolder });
});

document.addEventListener("paste", async event => {
  if (event.target.closest("input, textarea")) return;
  if (event.clipboardData.files.length) return add((await filesOf(event.clipboardData)).files);
  const text = event.clipboardData.getData("text").trim();
  if (!/^https?:\/\/\S+$/.test(text)) return;
  event.preventDefault();
  byId("address").value = text;
  byId("address").form.querySelector("button").focus();
});

document.addEventListener("keydown", event => {
  if (event.code === "KeyU" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, textarea, select, dialog")) {
    byId("pick-files").click();
  }
});

// The panel as a whole

queue.addEventListener("change", () => {
  const { transfers, done, unfinished } = queue;
  byId("transfers-total").textContent = transfers.length > 1 ? wording.say("total", { done: done.length, count: transfers.length }) : "";
  byId("pause-all").hidden = !unfinished.some(one => ["queued", "sending", "waiting"].includes(one.state));
  byId("clear-done").hidden = !done.length;
});

byId("pause-all").addEventListener("click", () => { for (const one of queue.unfinished.toReversed()) one.pause(); });
byId("clear-done").addEventListener("click", () => {
  for (const one of queue.done) { queue.remove(one); dropRow(rows.get(one)); }
});

addEventListener("beforeunload", event => { if (queue.transfers.some(one => one.isActive)) event.preventDefault(); });

let wasFetched = 0;

document.addEventListener("htmx:beforeSwap", event => {
  if (event.detail.target.id === "addresses") wasFetched = Number(event.detail.target.dataset.open);
});
document.addEventListener("htmx:afterSettle", () => {
  if (Number(byId("addresses").dataset.open) < wasFetched) refreshLibrary();
  wasFetched = 0;
});

function refreshLibrary() {
  window.htmx.ajax("GET", location.pathname + location.search, { target: "#videos" });
}

function news(sentence) {
  byId("upload-news").textContent = sentence;
}

// What was picked while this script was still on its way.
for (const id of ["pick-files", "pick-folder"]) {
  if (byId(id).files.length) byId(id).dispatchEvent(new Event("change"));
}
