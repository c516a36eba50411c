import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
  EmptyStateIcon,
} from "@patternfly/react-core";
import { ExclamationCircleIcon } from "@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon";
import { Component, useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router-dom";
import { ApiError } from "../api/errors";
import { reachable } from "../environment";
import { useErrorText } from "./errorText";

/** A page, or a part of one, that could not be shown. */
export const Failure = ({ error, retry }: { error: unknown; retry: () => void }) => {
  const { t } = useTranslation();
  const text = useErrorText();
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <EmptyState>
      <EmptyStateHeader
        titleText={missing ? t("notFound") : t("somethingWentWrong")}
        headingLevel="h1"
        icon={<EmptyStateIcon icon={ExclamationCircleIcon} />}
      />
      <EmptyStateBody role="alert">{missing ? t("notFoundDescription") : text(error)}</EmptyStateBody>
      {!missing && (
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button onClick={retry}>{t("tryAgain")}</Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
};

/** In place of a page that could not be fetched, or broke; the frame around it stays. */
export const PageFailure = () => {
  const error = useRouteError();
  useEffect(() => console.error(error), [error]);
  // What a browser failed to fetch it does not fetch again.
  const reload = () =>
    reachable().then(
      () => location.reload(),
      () => undefined,
    );
  return <Failure error={error} retry={() => void reload()} />;
};

type BoundaryProps = { reset: () => void; children: ReactNode };

export class FailureBoundary extends Component<BoundaryProps, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) {
      return this.props.children;
    }
    return (
      <Failure
        error={this.state.error}
        retry={() => {
          this.props.reset();
          this.setState({ error: undefined });
        }}
      />
    );
  }
}
