import {
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
  EmptyStateIcon,
  type EmptyStateIconProps,
} from "@patternfly/react-core";
import type { ReactNode } from "react";

type EmptyProps = {
  title: string;
  icon: EmptyStateIconProps["icon"];
  level?: "h1" | "h2";
  actions?: ReactNode;
  footer?: ReactNode;
  /** Read out as soon as it appears. */
  isUrgent?: boolean;
  children?: ReactNode;
};

/** In place of a list or a page that has nothing to show: why, and what can be done. */
export const Empty = ({
  title,
  icon,
  level = "h2",
  actions,
  footer,
  isUrgent = false,
  children,
}: EmptyProps) => (
  <EmptyState variant={level === "h1" ? "lg" : "sm"}>
    <EmptyStateHeader titleText={title} headingLevel={level} icon={<EmptyStateIcon icon={icon} />} />
    {children && <EmptyStateBody {...(isUrgent && { role: "alert" })}>{children}</EmptyStateBody>}
    {(actions || footer) && (
      <EmptyStateFooter>
        {actions && <EmptyStateActions>{actions}</EmptyStateActions>}
        {footer}
      </EmptyStateFooter>
    )}
  </EmptyState>
);
