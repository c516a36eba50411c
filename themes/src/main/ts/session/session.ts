import { useSyncExternalStore } from "react";
import { drafts } from "./drafts";
import { keycloak } from "./keycloak";

/** Why somebody is asked to log in again. */
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

/** Below it a step-up would likely be asked for after the form was filled in: better before. */
const RECENT_SECONDS = 10 * 60;

export const session = {
  begin() {
    who = keycloak.idTokenParsed?.preferred_username as string | undefined;
  },

  /** A token that is good for the next seconds; fails when the session is over. */
  async token(): Promise<string> {
    try {
      await keycloak.updateToken(10);
    } catch (cause) {
      // keycloak-js forgets its tokens when the refresh was refused, and keeps them when the server was not reached.
      throw keycloak.refreshToken
        ? new TypeError("The server can't be reached", { cause })
        : session.expire(cause);
    }
    return keycloak.token ?? "";
  },

  expire(cause?: unknown): SessionExpired {
    change("expired");
    return new SessionExpired("The session is over", { cause });
  },

  /** With what is to be undone when the person would rather not. */
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

  /** Away to the login page and back to this very address, with everything that is typed. */
  logInAgain() {
    drafts.saveAll();
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
