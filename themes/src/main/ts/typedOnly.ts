/**
 * Password managers and other extensions fill inputs unasked: that has saved passwords that no user chose and email addresses
 * of the wrong user. Fields with personal data (`data-personal`) and passwords (`data-secret`) therefore accept only what
 * the user types, pastes or drops, and offer the rest below the field ({@link AUTOMATIC_INPUT}). Other fields, like the
 * search, accept everything.
 *
 * An extension's script can set a value and dispatch an event, but not a trusted one. The browser's own autofill is
 * trusted, but has no `inputType` (Chromium, WebKit) or "insertReplacementText" (Firefox); a password field accepts
 * neither. A value set without an event never reaches the forms: they listen to events and never read inputs.
 */
export const refuseAutomaticInput = () => {
  for (const type of ["input", "change"]) {
    window.addEventListener(type, refuseUnlessTyped, true);
  }
};

/** Dispatched on the field whose value was refused; `detail` is that value. */
export const AUTOMATIC_INPUT = "wise-sync:automatic-input";

const refuseUnlessTyped = (event: Event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || !isGuarded(field) || wasTyped(event, isSecret(field))) {
    return;
  }
  event.stopImmediatePropagation();
  const refused = field.value;
  // React keeps the value it rendered last in the attribute: that is what the user typed.
  field.value = field.defaultValue;
  if (refused !== field.value) {
    field.dispatchEvent(new CustomEvent(AUTOMATIC_INPUT, { detail: refused, bubbles: true }));
  }
};

const isSecret = (field: HTMLElement) => "secret" in field.dataset;

const isGuarded = (field: HTMLElement) => isSecret(field) || "personal" in field.dataset;

/** Whether the user caused an input event; stricter for secrets. */
export const wasTyped = (event: Event, secret: boolean) => {
  if (!event.isTrusted) {
    return false;
  }
  if (!secret || event.type !== "input") {
    return true;
  }
  const how = event instanceof InputEvent ? event.inputType : "";
  return how !== "" && how !== "insertReplacementText";
};
