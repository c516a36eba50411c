import { Checkbox } from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import type { User } from "../api/client";
import { queries } from "../api/queries";
import { Confirmation } from "../ui/Confirmation";
import { Progress } from "../ui/Loading";
import { Notice } from "../ui/Notice";
import { LinksByKind } from "./LinksByKind";
import { fullName } from "./roles";

type DisableDialogProps = { user: User; isBusy: boolean; onConfirm: () => void; onClose: () => void };

/** Lists the Wise-Pay links that will stop working, asked from Wise-Pay now, before the user is disabled. */
export const DisableDialog = ({ user, isBusy, onConfirm, onClose }: DisableDialogProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const [understood, setUnderstood] = useState(false);
  const links = useQuery(queries.wisePayLinks(account.id, user.id));
  const active = links.data?.filter(({ status }) => status === "active") ?? [];
  const mustConfirm = links.isError || active.length > 0;
  return (
    <Confirmation
      title={t("disableTitle", { name: fullName(user) || user.username })}
      confirm={t("disableAccount")}
      isDanger
      isLong={active.length > 0}
      isBusy={isBusy}
      isDisabled={links.isPending || (mustConfirm && !understood)}
      onConfirm={onConfirm}
      onClose={onClose}
      condition={
        mustConfirm && (
          <Checkbox
            id="understood"
            label={t("understood")}
            isChecked={understood}
            onChange={(_, checked) => setUnderstood(checked)}
          />
        )
      }
    >
      <p>{t("disableDescription", { count: 1 })}</p>
      <div aria-live="polite" className="wise-sync-links">
        {links.isPending && (
          <p>
            <Progress label={t("askingWisePay")} /> {t("askingWisePay")}
          </p>
        )}
        {links.isError && (
          <Notice variant="warning" title={t("wisePayUnreachable")}>
            {t("wisePayUnreachableDescription")}
          </Notice>
        )}
        {links.data && active.length === 0 && <p>{t("noActiveLinks", { count: 1 })}</p>}
        {active.length > 0 && (
          <Notice variant="warning" title={t("linksWillStop", { count: active.length })}>
            <LinksByKind links={active} />
          </Notice>
        )}
      </div>
    </Confirmation>
  );
};
