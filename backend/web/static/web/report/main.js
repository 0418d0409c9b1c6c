// The page of a report put together: which part tells which. Everything here is an addition to a page that reads without.

import { getJson } from "./asking.js";
import { Columns } from "./columns.js";
import { Evidence } from "./evidence.js";
import { Filters } from "./filters.js";
import { listenToKeys } from "./keys.js";
import { List } from "./list.js";
import { Player } from "./player.js";
import { Rows } from "./rows.js";
import "./sharing.js";
import { Timeline } from "./timeline.js";
import { Transcript } from "./transcript.js";
import { Twin } from "./twin.js";
import { Veil } from "./veil.js";

const BEFORE_S = 2;
const AFTER_S = 1;

const data = JSON.parse(document.getElementById("report-data").textContent);
const find = selector => document.querySelector(selector);
const said = find("[data-said]");
document.addEventListener("report:failed", () => { said.textContent = data.words.failed; });

const player = new Player(find("[data-player]"), data);
const evidence = new Evidence(find("[data-evidence]"));
const transcript = find("[data-transcript]") ? new Transcript(find("[data-transcript]"), data.words) : null;
transcript?.load();

const sent = await getJson("timeline.json");
if (sent) begin(new Columns(sent));

function begin(columns) {
  const rows = new Rows();
  const list = new List(find("#findings"), columns, rows, data.thumbnails);
  const filters = new Filters(find("[data-filters]"), columns, data);
  const timeline = new Timeline(find("[data-timeline]"), columns, data);
  const veil = new Veil(player, columns, data);
  // A thumbnail stands for the seconds until the next one.
  timeline.drawing.filterAt = time => veil.filterAt(time, data.thumbnails?.every_s ?? 0);
  veil.addEventListener("toggle", () => timeline.soon());
  const severityTitles = new Map([...document.querySelectorAll("input[name=severity]")].map(box => [box.value, box.parentElement.querySelector("span").textContent]));
  const twin = new Twin(find("[data-timeline]"), columns, severityTitles, position => choose(position));

  const stretchOf = position => [Math.max(0, columns.start[position] - BEFORE_S), columns.end[position] + AFTER_S];

  function choose(position, { seek = true } = {}) {
    if (position < 0 || position >= columns.count) return;
    list.mark({ chosen: position });
    list.reveal(position);
    timeline.choose(position);
    evidence.show(position + 1);
    if (seek) player.seek(stretchOf(position)[0]);
    if (player.loop) player.repeat(stretchOf(position));
    const query = new URLSearchParams(location.search);
    query.set("finding", position + 1);
    history.replaceState(null, "", `?${query}`);
    const after = list.beside(1, player.time);
    if (after >= 0) evidence.prepare(after + 1);
  }

  const beside = by => choose(list.beside(by, player.time));
  const repeat = () => player.repeat(player.loop || list.chosen < 0 ? null : stretchOf(list.chosen));

  filters.addEventListener("change", () => {
    list.show(filters.positions, data.findings ? data.words.nothing : "");
    timeline.show(filters.shown);
    twin.show(filters.positions);
  });
  list.addEventListener("choose", event => choose(event.detail));
  timeline.addEventListener("choose", event => choose(event.detail));
  timeline.addEventListener("seek", event => player.seek(event.detail));
  evidence.addEventListener("seek", event => player.seek(event.detail.exactly ? event.detail.time : Math.max(0, event.detail.time - BEFORE_S)));
  transcript?.addEventListener("seek", event => player.seek(event.detail));
  transcript?.addEventListener("choose", event => choose(event.detail));
  player.addEventListener("act", event => ({ next: () => beside(1), previous: () => beside(-1), loop: repeat })[event.detail]?.());
  player.addEventListener("time", () => {
    const { time, playing } = player;
    timeline.at(time);
    veil.at(time);
    if (transcript?.segments.length) transcript.at(time, playing);
    const now = columns.playingAt(time, filters.shown);
    if (now === list.now) return;
    list.mark({ now });
    if (playing && now >= 0) list.reveal(now, { gently: true });
  });
  document.addEventListener("click", event => {
    const link = event.target.closest(".verdicts [data-finding]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(Number(link.dataset.finding) - 1);
  });

  listenToKeys({
    Space: () => player.toggle(), KeyK: () => player.toggle(), KeyJ: () => player.shuttle(-1), KeyL: () => player.shuttle(1),
    ArrowLeft: () => player.skip(-5), ArrowRight: () => player.skip(5), Comma: () => player.step(-1), Period: () => player.step(1),
    KeyN: () => beside(1), KeyP: () => beside(-1), KeyO: repeat, KeyM: () => player.mute(), KeyF: () => player.full(),
    KeyT: () => { find("#transcript")?.scrollIntoView({ block: "nearest" }); find("[data-spoken]")?.focus({ preventScroll: true }); },
    KeyB: () => veil.show(true), Equal: () => timeline.zoom("in"), Minus: () => timeline.zoom("out"), Digit0: () => timeline.zoom("fit"),
    NumpadAdd: () => timeline.zoom("in"), NumpadSubtract: () => timeline.zoom("out"),
  });
  document.addEventListener("keyup", event => { if (event.code === "KeyB") veil.show(false); });

  const asked = Number(new URLSearchParams(location.search).get("finding")) || evidence.wanted;
  filters.start().then(() => {
    if (asked) choose(asked - 1, { seek: new URLSearchParams(location.search).has("finding") });
    // From now on the evidence is of a finding that the list shows; the video stays where it is.
    filters.addEventListener("change", () => {
      const [first] = filters.positions;
      if (list.chosen >= 0 && first !== undefined && !filters.shown[list.chosen]) choose(first, { seek: false });
    });
    document.documentElement.dataset.reportReady = "";
  });
}
