import { expect, it } from "vitest";
import { drafts } from "../../main/ts/session/drafts";

it("brings back, once, what was typed before the page was left", () => {
  const forget = drafts.register("profile", () => ({ firstName: "Uma" }));

  drafts.saveAll();
  forget();

  expect(drafts.take("profile")).toEqual({ firstName: "Uma" });
  expect(drafts.take("profile")).toBeUndefined();
});

it("keeps nothing of a form that has nothing to keep", () => {
  const forget = drafts.register("profile", () => undefined);

  drafts.saveAll();
  forget();

  expect(sessionStorage).toHaveLength(0);
});
