// The dialog with share links: opened over the report; copying an address.

document.addEventListener("click", async event => {
  const opener = event.target.closest("[data-opens-share]");
  if (opener) {
    event.preventDefault();
    document.getElementById("share").showModal();
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const address = copy.parentElement.querySelector("[data-address]");
    address.select();
    await navigator.clipboard?.writeText(address.value).catch(() => document.execCommand("copy"));
    const said = document.querySelector("[data-said]");
    const words = JSON.parse(document.getElementById("report-data")?.textContent ?? "{}").words?.copied ?? "✓";
    if (said) said.textContent = words;
    const before = copy.textContent;
    copy.textContent = words;
    setTimeout(() => { copy.textContent = before; }, 1500);
  }
  if (event.target.closest("[data-address]")) event.target.select();
});
