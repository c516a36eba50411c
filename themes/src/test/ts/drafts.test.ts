import { expect, it } from "vitest";
import { drafts } from "../../main/ts/session/drafts";

it("restores once what was typed before the page was left", () => {
  const forget = drafts.register("profile", () => ({ firstName: "Uma" }));

  drafts.saveAll();
  forget();

  expect(drafts.take("profile")).toEqual({ firstName: "Uma" });
  expect(drafts.take("profile")).toBeUndefined();
});

it("keeps no draft of an unchanged form", () => {
  const forget = drafts.register("profile", () => undefined);

  drafts.saveAll();
  forget();

  expect(sessionStorage).toHaveLength(0);
});
