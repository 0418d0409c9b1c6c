// A button beside each password that shows what was typed. Without scripts the field is as it always was.

for (const field of document.querySelectorAll('input[type="password"]')) {
  const words = field.closest("[data-show]").dataset;
  const around = document.createElement("span");
  around.className = "with-look";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = words.show;
  button.setAttribute("aria-controls", field.id);
  button.setAttribute("aria-pressed", "false");
  const focused = document.activeElement === field;
  field.replaceWith(around);
  around.append(field, button);
  if (focused) field.focus();
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = shown ? words.show : words.hide;
    button.setAttribute("aria-pressed", String(!shown));
  });
  // A browser remembers what it sees in text fields; a password never leaves as one.
  field.form?.addEventListener("submit", () => { field.type = "password"; });
}
