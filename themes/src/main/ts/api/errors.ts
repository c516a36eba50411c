import type { components } from "#api/schema";

export type ErrorBody = components["schemas"]["Error"];

/** An error response of the API. Its message is in the caller's language. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    private readonly challenge: string | null,
  ) {
    super(body.errorMessage ?? "");
  }

  /** RFC 9470: this call needs a more recent login. */
  get needsStepUp() {
    return this.status === 401 && !!this.challenge?.includes("insufficient_user_authentication");
  }

  /** Whether the response or one of its errors has this key. */
  hasKey(key: string) {
    return [this.body, ...(this.body.errors ?? [])].some((error) => error.key === key);
  }

  /** One error per field, the response's own first. */
  get fieldErrors(): { field: string; message: string }[] {
    return [this.body, ...(this.body.errors ?? [])].flatMap(({ field, errorMessage }) =>
      field && errorMessage ? [{ field, message: errorMessage }] : [],
    );
  }
}

/** A chunk of the console could not be fetched: there is no network, or a newer build has replaced it. */
export class NotLoaded extends Error {}

/** The server could not be reached. A class of its own: a `TypeError` may also be a defect of the console. */
export class Unreachable extends Error {}

export const loaded = <T>(part: Promise<T>): Promise<T> =>
  part.catch((cause: unknown) => {
    throw new NotLoaded("A chunk of the console could not be loaded", { cause });
  });

/** `fetch`, with {@link Unreachable} in place of the `TypeError` that browsers report for a failed connection. */
export const reach = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
  try {
    return await fetch(input, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") {
      throw cause;
    }
    throw new Unreachable("The server cannot be reached", { cause });
  }
};

/** Whether an error says nothing about the request itself: the server failed, or a proxy answered in its place. */
export const isOutage = (error: unknown) =>
  error instanceof Unreachable || (error instanceof ApiError && error.status >= 500);

/** Whether an error means that the server, or what it depends on, is not available. */
export const isUnreachable = (error: unknown) =>
  error instanceof Unreachable || (error instanceof ApiError && error.status === 503);
