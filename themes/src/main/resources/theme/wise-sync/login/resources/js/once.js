// A double click must submit a form once: the browser shows only the second answer.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
    }
    form.dataset.sent = "true";
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
}
