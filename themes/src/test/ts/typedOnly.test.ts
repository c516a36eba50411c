import { describe, expect, it } from "vitest";
import { AUTOMATIC_INPUT, refuseAutomaticInput, wasTyped } from "../../main/ts/typedOnly";

const trusted = (event: Event) =>
  new Proxy(event, {
    get: (target, name) => (name === "isTrusted" ? true : Reflect.get(target, name)),
    getPrototypeOf: (target) => Object.getPrototypeOf(target) as object,
  });

const typing = (inputType: string) => trusted(new InputEvent("input", { inputType }));

describe("typed input", () => {
  it("is typing, pasting and deleting", () => {
    expect(
      ["insertText", "insertFromPaste", "deleteContentBackward"].map((how) => wasTyped(typing(how), true)),
    ).toEqual([true, true, true]);
  });

  it("is not what a script dispatches", () => {
    expect(wasTyped(new InputEvent("input", { inputType: "insertText" }), false)).toBe(false);
  });

  it("is not, for a secret, what the browser fills in by itself", () => {
    expect(wasTyped(trusted(new Event("input")), true)).toBe(false);
    expect(wasTyped(typing("insertReplacementText"), true)).toBe(false);
    expect(wasTyped(trusted(new Event("input")), false)).toBe(true);
  });
});

describe("automatic input", () => {
  const fill = (data: Record<string, string>) => {
    refuseAutomaticInput();
    const field = document.createElement("input");
    field.defaultValue = "typed";
    Object.assign(field.dataset, data);
    document.body.append(field);
    const heard: string[] = [];
    const refused: string[] = [];
    field.addEventListener("input", () => heard.push(field.value));
    field.addEventListener(AUTOMATIC_INPUT, (event) => refused.push((event as CustomEvent<string>).detail));
    field.value = "filled";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return { field, heard, refused };
  };

  it.each(["personal", "secret"])("is refused, and reported once, in a field marked %s", (mark) => {
    const { field, heard, refused } = fill({ [mark]: "true" });
    expect(field.value).toBe("typed");
    expect(heard).toEqual([]);
    expect(refused).toEqual(["filled"]);
  });

  it("is accepted in any other field", () => {
    const { field, heard, refused } = fill({});
    expect(field.value).toBe("filled");
    expect(heard).toEqual(["filled"]);
    expect(refused).toEqual([]);
  });
});
