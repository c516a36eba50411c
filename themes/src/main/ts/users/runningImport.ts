import { answer, api, type Schemas } from "../api/client";
import { ApiError } from "../api/errors";

const PREFIX = "wise-sync.import.";

/** The import of an account that this tab has started: kept over a reload, until its result has been read. */
export const runningImport = {
  of: (account: string) => sessionStorage.getItem(PREFIX + account) ?? undefined,

  remember: (account: string, id: string) => sessionStorage.setItem(PREFIX + account, id),

  forget: (account: string) => sessionStorage.removeItem(PREFIX + account),
};

/** An import at the server. It may be another one than was asked for, which the account was running already. */
export type StartedImport = { id: string; isOther: boolean };

/**
 * Starts an import. It is answered before the import is finished, so that no proxy between here and the server waits longer
 * than it is allowed to. If that answer was lost, starting the import again finds the running one.
 */
export const startImport = async (account: string, csv: File): Promise<StartedImport> => {
  const call = api.POST("/accounts/{account}/users/import", {
    params: { path: { account }, header: { Prefer: "respond-async" } },
    ...bytes(csv),
  });
  const { response } = await call;
  const id = response.headers.get("Location")?.split("/").at(-1);
  if (response.status === 409 && id) {
    return { id, isOther: true };
  }
  await answer(call);
  if (!id) {
    throw new ApiError(response.status, {} as Schemas["Error"], null);
  }
  return { id, isOther: false };
};

/** The bytes of the file, so that its encoding is the server's to recognise. */
export const bytes = (csv: File) => ({
  body: csv as unknown as string,
  bodySerializer: (body: string) => body,
  headers: { "Content-Type": "text/csv" },
});
