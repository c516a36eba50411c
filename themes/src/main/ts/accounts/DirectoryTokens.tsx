import { Button } from "@patternfly/react-core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { api, content, type Schemas } from "../api/client";
import { queries, refresh } from "../api/queries";
import { session } from "../session/session";
import { Action } from "../ui/Action";
import { Confirmation } from "../ui/Confirmation";
import { CopyField } from "../ui/CopyField";
import { Cut, Nothing } from "../ui/Cut";
import { DataTable } from "../ui/DataTable";
import { Dialog } from "../ui/Dialog";
import { Facts } from "../ui/Facts";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import { useChange } from "../ui/useChange";
import { useReport } from "../ui/useReport";
import { useTimes } from "../ui/useTimes";

type Scim = Schemas["Scim"];
type Token = Schemas["ScimToken"];

/** The limit of the API: one in use, and one that replaces it. */
const MAX_TOKENS = 2;
const SOON_MS = 30 * 24 * 60 * 60 * 1000;

const isExpired = ({ expiresAt }: Token) => Date.parse(expiresAt) <= Date.now();
const expiresSoon = ({ expiresAt }: Token) => Date.parse(expiresAt) - Date.now() < SOON_MS;

/** The tokens with which the directory calls: creating, replacing and revoking them. */
export const DirectoryTokens = ({ scim }: { scim: Scim }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const client = useQueryClient();
  const at = useTimes();
  const report = useReport();
  const [created, setCreated] = useState<Token>();
  const [revoked, setRevoked] = useState<Token>();
  const { tokens } = scim;
  const isFull = tokens.filter((token) => !isExpired(token)).length >= MAX_TOKENS;

  const create = useMutation({
    mutationFn: () =>
      content(api.POST("/accounts/{account}/scim/tokens", { params: { path: { account: account.id } } })),
    onSuccess: setCreated,
    onError: report,
    onSettled: () => void refresh(client, queries.scim(account.id).queryKey),
    // The answer contains the secret.
    gcTime: 0,
  });

  return (
    <Panel
      title={t("directoryTokens")}
      actions={
        <Action
          variant="secondary"
          isBusy={create.isPending}
          isOff={isFull}
          onClick={() => (session.isRecent() ? create.mutate() : session.needsStepUp())}
        >
          {t("createToken")}
        </Action>
      }
    >
      <p className="wise-sync-notice">{isFull ? t("tokensFull") : t("tokensDescription")}</p>
      {tokens
        .filter(({ creatorHasAccess }) => !creatorHasAccess)
        .map(({ id, createdBy }) => (
          <Notice
            key={id}
            isPlain
            variant="warning"
            title={t("tokenCreatorLeft", { username: createdBy.username || t("unknownUser") })}
            className="wise-sync-notice"
          />
        ))}
      {tokens.length > 0 && (
        <DataTable
          label={t("directoryTokens")}
          cardsBelow="grid-md"
          rows={tokens}
          keyOf={({ id }) => id}
          columns={[
            {
              key: "created",
              title: t("tokenCreated"),
              width: "22%",
              cell: ({ createdAt }) => at(createdAt),
            },
            {
              key: "by",
              title: t("actor"),
              width: "24%",
              cell: ({ createdBy }) => <Cut>{createdBy.username || t("unknownUser")}</Cut>,
            },
            {
              key: "used",
              title: t("tokenLastUsed"),
              width: "20%",
              cell: ({ lastUsed }) => (lastUsed ? at(lastUsed) : <Nothing name={t("tokenNeverUsed")} />),
            },
            {
              key: "expires",
              title: t("tokenExpires"),
              width: "20%",
              cell: (token) => <Expiry token={token} />,
            },
            {
              key: "actions",
              title: t("actions"),
              isTitleHidden: true,
              width: "14%",
              cell: (token) => (
                <span className="wise-sync-row-actions">
                  <Button
                    variant="link"
                    isInline
                    isDanger
                    aria-label={t("revokeTokenOf", { time: at(token.createdAt) })}
                    onClick={() => setRevoked(token)}
                  >
                    {t("revokeToken")}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      )}
      {created && (
        <NewToken url={scim.url} secret={created.secret ?? ""} onClose={() => setCreated(undefined)} />
      )}
      {revoked && <Revoke token={revoked} onClose={() => setRevoked(undefined)} />}
    </Panel>
  );
};

const Expiry = ({ token }: { token: Token }) => {
  const { t } = useTranslation();
  const at = useTimes();
  if (isExpired(token)) {
    return <Notice isPlain variant="danger" title={t("tokenExpired")} />;
  }
  return expiresSoon(token) ? (
    <Notice isPlain variant="warning" title={at(token.expiresAt)} />
  ) : (
    <>{at(token.expiresAt)}</>
  );
};

const TOKEN = "new-token";

/** Shows a new token, once. Only the button closes the dialog, and it does not have the focus: no key loses the token. */
const NewToken = ({ url, secret, onClose }: { url: string; secret: string; onClose: () => void }) => {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t("tokenNew")}
      size="medium"
      focus={`${TOKEN} input`}
      actions={<Button onClick={onClose}>{t("tokenCopied")}</Button>}
    >
      <Notice variant="warning" title={t("tokenShownOnce")} className="wise-sync-notice" />
      <Facts
        facts={[
          { name: t("directoryUrl"), value: <CopyField label={t("directoryUrl")} value={url} /> },
          {
            name: t("token"),
            value: (
              <div id={TOKEN}>
                <CopyField label={t("token")} value={secret} />
              </div>
            ),
          },
        ]}
      />
    </Dialog>
  );
};

const Revoke = ({ token, onClose }: { token: Token; onClose: () => void }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const at = useTimes();
  const revoke = useChange({
    call: () =>
      content(
        api.DELETE("/accounts/{account}/scim/tokens/{token}", {
          params: { path: { account: account.id, token: token.id } },
        }),
      ),
    done: () => t("tokenRevoked"),
    changed: queries.scim(account.id).queryKey,
    onSettled: onClose,
  });
  return (
    <Confirmation
      title={t("revokeTokenTitle", { time: at(token.createdAt) })}
      confirm={t("revokeToken")}
      isDanger
      isBusy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      {t("revokeTokenDescription")}
    </Confirmation>
  );
};
