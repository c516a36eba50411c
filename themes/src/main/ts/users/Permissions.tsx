import { List, ListItem } from "@patternfly/react-core";
import { CheckIcon } from "@patternfly/react-icons/dist/esm/icons/check-icon";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Role } from "../api/client";
import { queries } from "../api/queries";
import { Nothing } from "../ui/Cut";
import { DataTable } from "../ui/DataTable";
import { Dialog } from "../ui/Dialog";
import { useErrorText } from "../ui/errorText";
import { Progress } from "../ui/Loading";
import { Notice } from "../ui/Notice";
import { difference, isPermitted, usePermissionTexts } from "./permissions";
import { ROLES, useRoles } from "./roles";

/** Compares the current permissions of the four roles. */
export const PermissionsDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation();
  const roles = useRoles();
  const { text, inOrder } = usePermissionTexts();
  const errorText = useErrorText();
  const { data: granted, error } = useQuery(queries.roles());
  return (
    <Dialog size="large" isLong title={t("permissionsTitle")} onClose={onClose} closeText={t("close")}>
      {error && !granted ? (
        <Notice variant="danger" title={errorText(error)} isUrgent />
      ) : (
        <DataTable
          label={t("permissionsTitle")}
          cardsBelow="grid-md"
          className="wise-sync-permissions"
          rows={granted && inOrder(granted.flatMap(({ permissions }) => permissions))}
          keyOf={(permission) => permission}
          columns={[
            { key: "permission", title: t("permission"), width: "36%", cell: text },
            ...ROLES.map((role) => ({
              key: role,
              title: roles.name(role),
              cell: (permission: string) =>
                granted && isPermitted(granted, role, permission) ? (
                  <>
                    <CheckIcon /> <span className="pf-v5-screen-reader">{t("yes")}</span>
                  </>
                ) : (
                  <Nothing name={t("no")} />
                ),
            })),
          ]}
        />
      )}
    </Dialog>
  );
};

/** Lists the permissions that a change of role adds and removes, before it is saved. */
export const RoleChange = ({ before, after }: { before: Role; after: Role }) => {
  const { t } = useTranslation();
  const roles = useRoles();
  const { text, inOrder } = usePermissionTexts();
  const errorText = useErrorText();
  const { data: granted, error } = useQuery(queries.roles());
  const { lost, gained } = difference(granted ?? [], before, after);
  const list = (title: string, permissions: string[]) =>
    permissions.length > 0 && (
      <>
        <strong>{title}</strong>
        <List>
          {inOrder(permissions).map((permission) => (
            <ListItem key={permission}>{text(permission)}</ListItem>
          ))}
        </List>
      </>
    );
  return (
    <div role="status">
      <Notice
        variant={lost.length > 0 ? "warning" : "info"}
        title={t("roleChange", { before: roles.name(before), after: roles.name(after) })}
        className="wise-sync-role-change"
      >
        {!granted && (error ? <p>{errorText(error)}</p> : <Progress />)}
        {list(t("permissionsLost"), lost)}
        {list(t("permissionsGained"), gained)}
        {before === "user" && <p>{t("companiesLost")}</p>}
      </Notice>
    </div>
  );
};
