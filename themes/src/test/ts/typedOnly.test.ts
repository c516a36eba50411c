import { describe, expect, it } from "vitest";
import { keepWhatPeopleTyped, wasTyped } from "../../main/ts/typedOnly";

const trusted = (event: Event) =>
  new Proxy(event, {
    get: (target, name) => (name === "isTrusted" ? true : Reflect.get(target, name)),
    getPrototypeOf: (target) => Object.getPrototypeOf(target) as object,
  });

const typing = (inputType: string) => trusted(new InputEvent("input", { inputType }));

describe("what a person typed", () => {
  it("is typing, pasting and deleting", () => {
    expect(
      ["insertText", "insertFromPaste", "deleteContentBackward"].map((how) => wasTyped(typing(how), true)),
    ).toEqual([true, true, true]);
  });

  it("is not what a script says it is", () => {
    expect(wasTyped(new InputEvent("input", { inputType: "insertText" }), false)).toBe(false);
  });

  it("is, for a secret, not what the browser fills in by itself", () => {
    expect(wasTyped(trusted(new Event("input")), true)).toBe(false);
    expect(wasTyped(typing("insertReplacementText"), true)).toBe(false);
    expect(wasTyped(trusted(new Event("input")), false)).toBe(true);
  });

  it("stays when something else is filled in over it", () => {
    keepWhatPeopleTyped();
    const field = document.createElement("input");
    field.defaultValue = "typed";
    document.body.append(field);
    let heard = 0;
    document.body.addEventListener("input", () => heard++);

    field.value = "filled";
    field.dispatchEvent(new Event("input", { bubbles: true }));

    expect(field.value).toBe("typed");
    expect(heard).toBe(0);
  });
});
