// Buttons that copy the text of the element they name: <button data-copy="id" data-copied="Copied">.

document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    const before = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = before; }, 2000);
  } catch {
    // Without a secure address there is no clipboard: the text is selected, the keys of the system copy it.
    getSelection().selectAllChildren(source);
  }
});
