// Associates labels and errors with their fields on Keycloak's own pages (26.7), for screen readers.
const texts = document.querySelector("script[data-qr-code]").dataset;

const qrCode = document.getElementById("kc-totp-secret-qr-code");
if (qrCode) {
  qrCode.alt = texts.qrCode;
}

document.getElementById("kc-attempted-username")?.setAttribute("aria-label", texts.username);
document.querySelectorAll('label[for="username"]').forEach((label) => {
  if (!document.getElementById("username")) {
    label.htmlFor = "kc-attempted-username";
    // Keycloak calls it "Username or email", as the field to type into.
    label.firstElementChild.textContent = texts.username;
  }
});

// The set-up page of an authenticator app has labels for an id that does not exist.
document.querySelectorAll('label[for="form-vertical-name"]').forEach((label) => {
  const field = label.closest(".pf-v5-c-form__group")?.querySelector('input[type="text"]');
  if (field) {
    label.htmlFor = field.id;
  }
});

document.querySelectorAll("[id^='input-error-']").forEach((error) => {
  const group = error.closest(".pf-v5-c-form__group");
  const field = group?.querySelector('input:not([type="hidden"]), select, textarea');
  if (field && error.textContent.trim()) {
    field.setAttribute("aria-describedby", error.id);
  }
  // Two of Keycloak's rules report an invalid email address.
  const texts = [...error.querySelectorAll("span")].filter((span) => !span.children.length);
  for (const span of texts) {
    const [, once] = /^\s*(.+?)\s+\1\s*$/s.exec(span.textContent) ?? [];
    span.textContent = once ?? span.textContent;
  }
});

// An error that Keycloak shows above the form, although it is about the new password.
const refused = document.querySelector(".pf-v5-c-alert.pf-m-danger .kc-feedback-text");
const newPassword = document.getElementById("password-new");
if (refused && newPassword) {
  refused.id = "wise-sync-refused";
  newPassword.setAttribute("aria-invalid", "true");
  newPassword.setAttribute("aria-describedby", refused.id);
}

// The list of methods has buttons that Keycloak operates by mouse only.
document.querySelectorAll('[role="button"][onclick]').forEach((button) => {
  button.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      button.click();
    }
  });
});
