/**
 * Password managers and other extensions fill every input they find, unasked: that has saved passwords nobody chose
 * and e-mail addresses of the wrong person. Here only what a person types, pastes or drops reaches a form.
 *
 * An extension's script can set a value and dispatch an event, but not a trusted one. A browser's own filling is trusted,
 * yet says no `inputType` (Chromium, WebKit) or "insertReplacementText" (Firefox), and for a secret neither is
 * accepted. A value set with no event at all never reaches the forms: they read no input, they listen.
 */
export const keepWhatPeopleTyped = () => {
  for (const type of ["input", "change"]) {
    window.addEventListener(type, refuseWhatNobodyTyped, true);
  }
};

const refuseWhatNobodyTyped = (event: Event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || !takesText(field)) {
    return;
  }
  if (wasTyped(event, isSecret(field))) {
    return;
  }
  event.stopImmediatePropagation();
  // React keeps what it rendered last in the attribute, and with it what the person typed.
  field.value = field.defaultValue;
};

const WITHOUT_TEXT = ["checkbox", "radio", "file", "button", "submit", "reset", "range", "color"];

const takesText = (field: HTMLInputElement | HTMLTextAreaElement) => !WITHOUT_TEXT.includes(field.type);

const isSecret = (field: HTMLElement) => "secret" in field.dataset;

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
