// The keys of the report. Letters are known by their place on the keyboard, so they work in Russian as well.

const typing = target => target.closest("input:not([type=checkbox], [type=range]), textarea, select, [contenteditable]") !== null;

export function listenToKeys(acts) {
  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.code === "Space" && event.target.closest("button, summary, input, select")) return;
    if (event.target.type === "range" && event.code.startsWith("Arrow")) return;
    const act = acts[event.code] ?? acts[event.key];
    if (!act || (event.shiftKey && event.code !== "Equal")) return;
    event.preventDefault();
    act(event);
  });
}
