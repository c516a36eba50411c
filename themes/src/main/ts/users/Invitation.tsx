import { Button } from "@patternfly/react-core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, content, type Schemas, type User } from "../api/client";
import { refresh } from "../api/queries";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { Confirmation } from "../ui/Confirmation";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import { useReport } from "../ui/useReport";
import { useTimes } from "../ui/useTimes";
import { fullName } from "./roles";

/** The invitation of a user who has not chosen a password yet: its state, sending it again and revoking it. */
export const Invitation = ({ user }: { user: User }) => {
  const { t } = useTranslation();
  return user.invitation ? (
    <Panel title={t("invitation")}>
      <div aria-live="polite" className="wise-sync-notice">
        <InvitationState user={user} invitation={user.invitation} />
      </div>
      <InvitationActions user={user} isRevoked={user.invitation.state === "revoked"} />
    </Panel>
  ) : null;
};

type InvitationStateProps = { user: User; invitation: Schemas["Invitation"] };

const InvitationState = ({ user, invitation }: InvitationStateProps) => {
  const { t } = useTranslation();
  const at = useTimes();
  const { state, sentAt, expiresAt, error } = invitation;
  const email = user.email ?? user.username;
  const times = { sent: sentAt ? at(sentAt) : "", until: expiresAt ? at(expiresAt) : "" };
  if (!user.enabled) {
    return <p>{t("invitationOfDisabled")}</p>;
  }
  switch (state) {
    case "waiting":
      return <Notice isPlain variant="info" title={t("invitationWaitingText", { email })} />;
    case "mailed":
      return <Notice isPlain variant="info" title={t("invitationMailedText", times)} />;
    case "expired":
      return <Notice isPlain variant="warning" title={t("invitationExpiredText", times)} />;
    case "revoked":
      return <Notice isPlain variant="warning" title={t("invitationRevokedText")} />;
    case "failed":
      return (
        <Notice isPlain variant="danger" title={t("invitationFailedText")}>
          {error === "rejected" && t("invitationRejected", { email })}
          {error === "unavailable" && t("invitationUnavailable")}
          {error === "disabled" && t("invitationFailedDisabled")}
          {error === "no-address" && t("invitationNoAddress")}
        </Notice>
      );
  }
};

type Change = "send" | "revoke";

const InvitationActions = ({ user, isRevoked }: { user: User; isRevoked: boolean }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  const [isRevoking, setRevoking] = useState(false);
  const params = { path: { account: account.id, user: user.id } };
  const name = fullName(user) || user.username;

  const change = useMutation({
    mutationFn: (to: Change) =>
      to === "send"
        ? content(api.POST("/accounts/{account}/users/{user}/invitation", { params }))
        : content(api.DELETE("/accounts/{account}/users/{user}/invitation", { params })),
    onSuccess: (_, to) =>
      addAlert(
        to === "send" ? t("invitationSentAgain", { email: user.email }) : t("invitationWasRevoked", { name }),
      ),
    onError: report,
    onSettled: () => {
      setRevoking(false);
      // Also after a refusal: the user may have accepted meanwhile.
      void refresh(client, ["account", account.id]);
    },
  });

  return (
    <div className="wise-sync-actions">
      {user.enabled && (
        <Action variant="secondary" isBusy={change.isPending} onClick={() => change.mutate("send")}>
          {t("sendInvitationAgain")}
        </Action>
      )}
      {!isRevoked && (
        <Button variant="link" isDanger onClick={() => setRevoking(true)}>
          {t("revokeInvitation")}
        </Button>
      )}
      {isRevoking && (
        <Confirmation
          title={t("revokeInvitationTitle", { name })}
          confirm={t("revokeInvitation")}
          isDanger
          isBusy={change.isPending}
          onConfirm={() => change.mutate("revoke")}
          onClose={() => setRevoking(false)}
        >
          {t("revokeInvitationDescription")}
        </Confirmation>
      )}
    </div>
  );
};
