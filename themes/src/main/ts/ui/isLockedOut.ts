import type { User } from "../api/client";

/** Whether a user is locked out now; what was read may be older than the end of the lockout. */
export const isLockedOut = ({ lockedUntil }: User): boolean =>
  lockedUntil !== undefined && Date.parse(lockedUntil) > Date.now();
