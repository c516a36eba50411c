import { useSyncExternalStore } from "react";
import { Unreachable } from "../api/errors";
import { drafts } from "./drafts";
import { keycloak } from "./keycloak";

/** Why the user is asked to log in again. */
export type Interruption = "expired" | "step-up";

let interruption: Interruption | undefined;
let leaving = false;
let onDismissed: (() => void) | undefined;
let who: string | undefined;
const listeners = new Set<() => void>();

const change = (to: Interruption | undefined) => {
  interruption = to;
  listeners.forEach((listener) => listener());
};

/** With an older login, the step-up is asked for before a form is filled in rather than after (the API allows 15 min). */
const RECENT_SECONDS = 10 * 60;

/** When the user had logged in before the login page was opened again, in seconds. */
const LOGIN_BEFORE = "wise-sync.login-before";

export const session = {
  begin() {
    who = keycloak.idTokenParsed?.preferred_username as string | undefined;
  },

  /** An access token that is valid for the next seconds; fails when the session has ended. */
  async token(): Promise<string> {
    try {
      await keycloak.updateToken(10);
    } catch (cause) {
      // keycloak-js drops its tokens when the refresh was refused, and keeps them when the server was not reached.
      throw keycloak.refreshToken
        ? new Unreachable("The server cannot be reached", { cause })
        : session.expire(cause);
    }
    return keycloak.token ?? "";
  },

  expire(cause?: unknown): SessionExpired {
    change("expired");
    return new SessionExpired("The session has ended", { cause });
  },

  /** @param undo called if the user cancels */
  needsStepUp(undo?: () => void) {
    onDismissed = undo;
    change("step-up");
  },

  dismiss() {
    onDismissed?.();
    onDismissed = undefined;
    change(undefined);
  },

  isRecent: () => {
    const at = keycloak.idTokenParsed?.auth_time;
    return at !== undefined && Date.now() / 1000 - at < RECENT_SECONDS;
  },

  isLeaving: () => leaving,

  /** Whether the user has logged in since {@link session.logInAgain}, rather than come back from the login page. */
  hasLoggedInAgain: () =>
    (keycloak.idTokenParsed?.auth_time ?? 0) > Number(sessionStorage.getItem(LOGIN_BEFORE) ?? Infinity),

  /** Goes to the login page and comes back to this address, with all unsaved input. */
  logInAgain() {
    drafts.saveAll();
    sessionStorage.setItem(LOGIN_BEFORE, String(keycloak.idTokenParsed?.auth_time ?? 0));
    leaving = true;
    return keycloak.login({ prompt: "login", ...(who && { loginHint: who }) });
  },
};

export class SessionExpired extends Error {}

export const useInterruption = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => interruption,
  );
