import { Button } from "@patternfly/react-core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, content, type Deactivation } from "../api/client";
import { refresh } from "../api/queries";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { Confirmation } from "../ui/Confirmation";
import { Notice } from "../ui/Notice";
import { useReport } from "../ui/useReport";
import { LinksByKind } from "../users/LinksByKind";

type Decision = "retry" | "release" | "dismiss";

/** What support decides about a deactivation: one that failed is sent again, one that is held is released, both can be dismissed. */
export const Decisions = ({ deactivation }: { deactivation: Deactivation }) => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  const [dialog, setDialog] = useState<"release" | "dismiss">();
  const { id, state } = deactivation;
  const user = deactivation.user?.username ?? deactivation.user?.id ?? t("user");
  const params = { path: { deactivation: id } };

  const calls: Record<Decision, () => Promise<unknown>> = {
    retry: () => content(api.POST("/deactivations/{deactivation}/retry", { params })),
    release: () => content(api.POST("/deactivations/{deactivation}/release", { params })),
    dismiss: () => content(api.POST("/deactivations/{deactivation}/dismiss", { params })),
  };
  const done: Record<Decision, string> = {
    retry: t("retried"),
    release: t("deactivationReleased", { user }),
    dismiss: t("deactivationWasDismissed", { user }),
  };
  const decide = useMutation({
    mutationFn: (decision: Decision) => calls[decision](),
    onSuccess: async (_, decision) => {
      addAlert(done[decision]);
      setDialog(undefined);
      await refresh(client, ["deactivations"]);
    },
    onError: (error) => {
      setDialog(undefined);
      report(error);
      // Someone else may have decided, or the user is enabled again.
      void refresh(client, ["deactivations"]);
    },
  });

  if (state !== "failed" && state !== "held") {
    return null;
  }
  const close = () => setDialog(undefined);
  return (
    <div className="wise-sync-actions">
      {state === "failed" && (
        <Action
          variant="secondary"
          size="sm"
          isBusy={decide.isPending && decide.variables === "retry"}
          onClick={() => decide.mutate("retry")}
        >
          {t("retry")}
        </Action>
      )}
      {state === "held" && (
        <Button variant="secondary" size="sm" onClick={() => setDialog("release")}>
          {t("release")}
        </Button>
      )}
      <Button variant="link" size="sm" onClick={() => setDialog("dismiss")}>
        {t("dismiss")}
      </Button>
      {dialog === "release" && (
        <ReleaseDialog
          deactivation={deactivation}
          user={user}
          isBusy={decide.isPending}
          onConfirm={() => decide.mutate("release")}
          onClose={close}
        />
      )}
      {dialog === "dismiss" && (
        <Confirmation
          title={t("dismissTitle", { user })}
          confirm={t("dismiss")}
          isDanger
          isBusy={decide.isPending}
          onConfirm={() => decide.mutate("dismiss")}
          onClose={close}
        >
          {t("dismissDescription")}
        </Confirmation>
      )}
    </div>
  );
};

type ReleaseDialogProps = {
  deactivation: Deactivation;
  user: string;
  isBusy: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

/** The API lists at most so many links of an entry. */
const MOST_LINKS = 100;

const ReleaseDialog = ({ deactivation, user, isBusy, onConfirm, onClose }: ReleaseDialogProps) => {
  const { t } = useTranslation();
  const links = deactivation.links ?? [];
  return (
    <Confirmation
      title={t("releaseTitle", { user })}
      confirm={t("release")}
      isDanger
      isLong={links.length > 0}
      isBusy={isBusy}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>{t("releaseDescription")}</p>
      <div className="wise-sync-links">
        {links.length > 0 ? (
          <Notice
            variant="warning"
            title={
              links.length < MOST_LINKS
                ? t("linksWillStop", { count: links.length })
                : t("linksWillStopAtLeast", { count: links.length })
            }
          >
            <LinksByKind links={links} />
          </Notice>
        ) : (
          <Notice variant="warning" title={t("linksUnknown")} />
        )}
      </div>
    </Confirmation>
  );
};

/** Sends all failed deactivations again. */
export const RetryAll = ({ count }: { count: number }) => {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  const retry = useMutation({
    mutationFn: () => content(api.POST("/deactivations/retry")),
    onSuccess: async ({ retried }) => {
      addAlert(t("retriedAll", { count: retried }));
      await refresh(client, ["deactivations"]);
    },
    onError: report,
  });
  return (
    <Action variant="secondary" isBusy={retry.isPending} onClick={() => retry.mutate()}>
      {t("retryAll", { count })}
    </Action>
  );
};
