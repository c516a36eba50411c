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
import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/errors";
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
      <EmptyStateBody role="alert">{text(error)}</EmptyStateBody>
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
