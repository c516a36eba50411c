import type { ReactNode } from "react";

/** Keeps the place of something that is not known to be needed yet, so that nothing moves when it appears. */
export const Kept = ({ isShown, children }: { isShown: boolean; children: ReactNode }) => (
  <div className="wise-sync-actions" {...(!isShown && { style: { visibility: "hidden" } })}>
    {children}
  </div>
);
