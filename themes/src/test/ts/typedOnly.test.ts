import { describe, expect, it } from "vitest";
import { AUTOMATIC_INPUT, refuseAutomaticInput, wasTyped } from "../../main/ts/typedOnly";

const trusted = (event: Event) =>
  new Proxy(event, {
    get: (target, name) => (name === "isTrusted" ? true : Reflect.get(target, name)),
    getPrototypeOf: (target) => Object.getPrototypeOf(target) as object,
  });

const typing = (inputType: string) => trusted(new InputEvent("input", { inputType }));

describe("typed input", () => {
  it("includes typing, pasting and deleting", () => {
    expect(
      ["insertText", "insertFromPaste", "deleteContentBackward"].map((how) => wasTyped(typing(how), true)),
    ).toEqual([true, true, true]);
  });

  it("excludes events of scripts", () => {
    expect(wasTyped(new InputEvent("input", { inputType: "insertText" }), false)).toBe(false);
  });

  it("excludes values that the browser fills in for a secret", () => {
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
    const accepted: string[] = [];
    const refused: string[] = [];
    field.addEventListener("input", () => accepted.push(field.value));
    field.addEventListener(AUTOMATIC_INPUT, (event) => refused.push((event as CustomEvent<string>).detail));
    field.value = "filled";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return { field, accepted, refused };
  };

  it.each(["personal", "secret"])("is refused, and reported once, in a field marked %s", (mark) => {
    const { field, accepted, refused } = fill({ [mark]: "true" });
    expect(field.value).toBe("typed");
    expect(accepted).toEqual([]);
    expect(refused).toEqual(["filled"]);
  });

  it("is accepted in any other field", () => {
    const { field, accepted, refused } = fill({});
    expect(field.value).toBe("filled");
    expect(accepted).toEqual(["filled"]);
    expect(refused).toEqual([]);
  });
});
