import { Card, CardBody, CardTitle } from "@patternfly/react-core";
import type { ReactNode } from "react";

type PanelProps = { title: string; className?: string; children: ReactNode };

/** A part of a page with a heading of its own; the focus comes here when the focused element in it disappears. */
export const Panel = ({ title, className, children }: PanelProps) => (
  <Card data-focus-home {...(className && { className })}>
    <CardTitle component="h2">{title}</CardTitle>
    <CardBody>{children}</CardBody>
  </Card>
);
