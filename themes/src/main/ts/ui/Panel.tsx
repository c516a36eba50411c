import { Card, CardBody, CardHeader, CardTitle } from "@patternfly/react-core";
import type { ReactNode } from "react";

type PanelProps = {
  title: string;
  className?: string;
  /** Beside the title. */
  actions?: ReactNode;
  children: ReactNode;
};

/** A part of a page with a heading of its own; the focus comes here when the focused element in it disappears. */
export const Panel = ({ title, className, actions, children }: PanelProps) => (
  <Card data-focus-home {...(className && { className })}>
    {actions ? (
      <CardHeader actions={{ actions, hasNoOffset: true }}>
        <CardTitle component="h2">{title}</CardTitle>
      </CardHeader>
    ) : (
      <CardTitle component="h2">{title}</CardTitle>
    )}
    <CardBody>{children}</CardBody>
  </Card>
);
