import { Button, Dropdown, DropdownItem, DropdownList, MenuToggle } from "@patternfly/react-core";
import { EllipsisVIcon } from "@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router-dom";
import { useAccount } from "../AccountContext";
import type { Company, User } from "../api/client";
import { loaded } from "../api/errors";
import { queries } from "../api/queries";
import { useAlerts } from "../ui/Alerts";
import { useSecondFactorText } from "../ui/labels";
import { Progress } from "../ui/Loading";
import { useReport } from "../ui/useReport";
import type { ListLinkState } from "./EditUser";
import { companiesOf, download, exportOf } from "./csv";
import { allUsers, type Matching } from "./allUsers";
import { runningImport } from "./runningImport";
import { ACCOUNT_STALE_MS, secondFactorOf } from "./secondFactor";

type UserActionsProps = { filter: Matching; companies: Company[] };

/** The actions of the list: create a user, import many, export what the filters match. */
export const UserActions = ({ filter, companies }: UserActionsProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const { search } = useLocation();
  const { addAlert } = useAlerts();
  const report = useReport();
  const client = useQueryClient();
  const secondFactorText = useSecondFactorText();
  const [isOpen, setOpen] = useState(false);

  // The import needs a chunk that the list does not need. If it cannot be fetched, the page says so: a reload is needed.
  const importing = useMutation({
    mutationFn: () => loaded(import("./ImportUsers")),
    throwOnError: true,
  });
  const ImportUsers = importing.data?.ImportUsers;
  const { mutate: openImport } = importing;
  useEffect(() => {
    // The page was loaded again while an import was running: show how it goes on.
    if (runningImport.of(account.id)) {
      openImport();
    }
  }, [account.id, openImport]);

  const exporting = useMutation({
    mutationFn: async () => {
      const query = { ...queries.account(account.id), staleTime: ACCOUNT_STALE_MS };
      return {
        ...(await client.fetchQuery(query)),
        users: await allUsers(account.id, filter),
      };
    },
    onSuccess: ({ users, account: read }) => {
      const columns = [
        { title: t("firstName"), of: (user: User) => user.firstName ?? "" },
        { title: t("lastName"), of: (user: User) => user.lastName ?? "" },
        { title: t("username"), of: (user: User) => user.username },
        { title: t("email"), of: (user: User) => user.email ?? "" },
        // As an import reads it.
        { title: t("role"), of: (user: User) => user.role ?? "" },
        { title: t("companies"), of: (user: User) => companiesOf(user, companies) },
        { title: t("twoFactor"), of: (user: User) => secondFactorText(secondFactorOf(user, read)) },
        { title: t("lastLogin"), of: (user: User) => user.lastLogin ?? "" },
        { title: t("status"), of: (user: User) => (user.enabled ? t("enabled") : t("disabled")) },
      ];
      download("users.csv", exportOf(users, columns));
      addAlert(t("exported", { count: users.length }));
    },
    onError: report,
  });

  const isBusy = exporting.isPending || importing.isPending;
  return (
    <>
      <Button
        variant="primary"
        component={(props) => (
          <Link {...props} to={`${account.path}/new`} state={{ list: search } satisfies ListLinkState} />
        )}
      >
        {t("createUser")}
      </Button>
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setOpen}
        onSelect={() => setOpen(false)}
        popperProps={{ position: "right" }}
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            variant="plain"
            aria-label={t("moreActions")}
            isExpanded={isOpen}
            // Not disabled: that would take the focus away.
            aria-disabled={isBusy}
            aria-busy={isBusy}
            onClick={() => setOpen(!isOpen && !isBusy)}
          >
            {isBusy ? <Progress /> : <EllipsisVIcon />}
          </MenuToggle>
        )}
      >
        <DropdownList>
          <DropdownItem onClick={() => importing.mutate()}>{t("importUsers")}</DropdownItem>
          <DropdownItem onClick={() => exporting.mutate()}>{t("exportUsers")}</DropdownItem>
        </DropdownList>
      </Dropdown>
      {ImportUsers && <ImportUsers companies={companies} onClose={importing.reset} />}
    </>
  );
};
