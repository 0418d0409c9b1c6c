// A button beside each password that shows what was typed. Without scripts the field is as it always was.

for (const field of document.querySelectorAll('input[type="password"]')) {
  const words = field.closest("[data-show]").dataset;
  const name = field.labels[0].textContent.trim();
  const around = document.createElement("span");
  around.className = "with-look";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.setAttribute("aria-controls", field.id);
  const look = shown => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? words.hide : words.show;
    button.setAttribute("aria-label", `${button.textContent}: ${name}`);
  };
  look(false);
  const focused = document.activeElement === field;
  field.replaceWith(around);
  around.append(field, button);
  if (focused) field.focus();
  button.addEventListener("click", () => look(field.type === "password"));
  // A browser remembers what it sees in text fields; a password never leaves as one.
  field.form.addEventListener("submit", () => look(false));
}
