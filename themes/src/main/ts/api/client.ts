import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "#api/schema";
import { environment } from "../environment";
import { language } from "../i18n";
import { session } from "../session/session";
import { ApiError, reach, type ErrorBody } from "./errors";

export type Schemas = components["schemas"];
export type Account = Schemas["Account"];
export type Company = Schemas["Company"];
export type Deactivation = Schemas["Deactivation"];
export type LifecycleEvent = Schemas["LifecycleEvent"];
export type Me = Schemas["Me"];
export type Role = Schemas["Role"];
export type User = Schemas["User"];
export type WisePayLink = Schemas["WisePayLink"];

const authorization: Middleware = {
  async onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${await session.token()}`);
    request.headers.set("Accept-Language", language());
    return request;
  },
};

export const api = createClient<paths>({
  baseUrl: `${environment.adminBaseUrl}/admin/realms/${encodeURIComponent(environment.realm)}/wise-sync`,
  fetch: reach,
});

api.use(authorization);

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The content of a response; fails with an {@link ApiError}. */
export const content = async <T>(call: Promise<Answer<T>>): Promise<T> => (await answer(call)).data as T;

/** The content and the response, for callers that read its headers. */
export const answer = async <T>(call: Promise<Answer<T>>): Promise<{ data: T; response: Response }> => {
  const { data, error, response } = await call;
  if (response.ok) {
    return { data: data as T, response };
  }
  const body = typeof error === "object" && error !== null ? (error as ErrorBody) : {};
  const failure = new ApiError(response.status, body, response.headers.get("WWW-Authenticate"));
  if (response.status === 401 && !failure.needsStepUp) {
    throw session.expire(failure);
  }
  throw failure;
};
