import type { components } from "#api/schema";

export type ErrorBody = components["schemas"]["Error"];

/** An answer of the API that is not the hoped-for one. Its message is in the caller's language. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    private readonly challenge: string | null,
  ) {
    super(body.errorMessage ?? "");
  }

  /** RFC 9470: this needs a more recent login. */
  get needsStepUp() {
    return this.status === 401 && !!this.challenge?.includes("insufficient_user_authentication");
  }

  /** One per field, the form's own first. */
  get fieldErrors(): { field: string; message: string }[] {
    return [this.body, ...(this.body.errors ?? [])].flatMap(({ field, errorMessage }) =>
      field && errorMessage ? [{ field, message: errorMessage }] : [],
    );
  }
}

/** A part of the console that is fetched when it is opened, and could not be: no network, or a newer build without it. */
export class NotLoaded extends Error {}

export const loaded = <T>(part: Promise<T>): Promise<T> =>
  part.catch((cause: unknown) => {
    throw new NotLoaded("A part of the console could not be loaded", { cause });
  });

/** The network, or the server behind it, is not there. */
export const isUnreachable = (error: unknown) =>
  error instanceof TypeError || (error instanceof ApiError && error.status === 503);
