import { PageSection, ToolbarItem } from "@patternfly/react-core";
import type { ReactNode } from "react";

/** The part of a page that contains a list: its filters, its table and its paginator. */
export const ListSection = ({ isBusy, children }: { isBusy: boolean; children: ReactNode }) => (
  <PageSection variant="light" className="wise-sync-list" data-focus-home aria-busy={isBusy}>
    {children}
  </PageSection>
);

/** How many entries a list has, at the end of its toolbar. */
export const Total = ({ children }: { children: ReactNode }) => (
  <ToolbarItem align={{ default: "alignRight" }} className="wise-sync-total">
    <span role="status">{children}</span>
  </ToolbarItem>
);
