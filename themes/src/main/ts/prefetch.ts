import { useEffect } from "react";

const IDLE_AFTER_MS = 2_000;

/** The chunks that are likely to be needed next; what fails is fetched again when it is needed. */
export const prefetch = () => Promise.allSettled([import("./users/EditUser"), import("./users/CreateUser")]);

/** Fetches the next chunks once the page has been shown for a while and the browser is idle. */
export const usePrefetch = (isShown: boolean) =>
  useEffect(() => {
    if (!isShown) {
      return;
    }
    let idle: number | undefined;
    const pause = setTimeout(() => {
      if (typeof requestIdleCallback === "undefined") {
        void prefetch();
      } else {
        idle = requestIdleCallback(() => void prefetch());
      }
    }, IDLE_AFTER_MS);
    return () => {
      clearTimeout(pause);
      if (idle !== undefined) {
        cancelIdleCallback(idle);
      }
    };
  }, [isShown]);
