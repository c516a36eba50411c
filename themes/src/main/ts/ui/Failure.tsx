import { Button } from "@patternfly/react-core";
import { ExclamationCircleIcon } from "@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon";
import { Component, useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router-dom";
import { ApiError } from "../api/errors";
import { reachable } from "../environment";
import { Empty } from "./Empty";
import { useErrorText } from "./errorText";

/** In place of a page, or a part of one, that could not be shown. */
export const Failure = ({ error, retry }: { error: unknown; retry: () => void }) => {
  const { t } = useTranslation();
  const text = useErrorText();
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <Empty
      level="h1"
      icon={ExclamationCircleIcon}
      title={missing ? t("notFound") : t("somethingWentWrong")}
      isUrgent
      {...(!missing && { actions: <Button onClick={retry}>{t("tryAgain")}</Button> })}
    >
      {missing ? t("notFoundDescription") : text(error)}
    </Empty>
  );
};

/** In place of a page that could not be fetched, or failed; the frame around it stays. */
export const PageFailure = () => {
  const error = useRouteError();
  useEffect(() => console.error(error), [error]);
  // Browsers do not fetch a module again that failed once.
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
