import { Button, Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem } from "@patternfly/react-core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Company } from "../api/client";
import { Choice } from "../ui/Choice";
import { Kept } from "../ui/Kept";
import { Total } from "../ui/ListSection";
import { SearchField } from "../ui/SearchField";
import type { useListState } from "../ui/useListState";
import { ROLES, useRoles } from "./roles";

/** The filters of the list, as they are called in the address. */
export const USER_FILTERS = ["search", "role", "company", "status", "login"] as const;

type UserList = ReturnType<typeof useListState<(typeof USER_FILTERS)[number]>>;

type UserFiltersProps = { list: UserList; companies: Company[] | undefined; total: number | undefined };

export const UserFilters = ({ list, companies, total }: UserFiltersProps) => {
  const { t } = useTranslation();
  const roles = useRoles();
  const { values, set } = list;
  const search = useCallback((text: string | undefined) => set({ search: text }), [set]);
  return (
    <Toolbar className="wise-sync-filters">
      <ToolbarContent>
        <ToolbarItem className="wise-sync-search">
          <SearchField label={t("searchUsers")} value={values.search} onSearch={search} />
        </ToolbarItem>
        <ToolbarGroup className="wise-sync-choices">
          <ToolbarItem>
            <Choice
              label={t("role")}
              any={t("anyRole")}
              value={values.role}
              options={ROLES.map((role) => ({ value: role as string, text: roles.name(role) }))}
              onChange={(role) => set({ role })}
            />
          </ToolbarItem>
          {companies?.length !== 0 && (
            <ToolbarItem>
              <Kept isShown={companies !== undefined}>
                <Choice
                  label={t("company")}
                  any={t("anyCompany")}
                  value={values.company}
                  options={(companies ?? []).map(({ id, name }) => ({ value: id, text: name }))}
                  onChange={(company) => set({ company })}
                />
              </Kept>
            </ToolbarItem>
          )}
          <ToolbarItem>
            <Choice
              label={t("status")}
              any={t("anyStatus")}
              value={values.status}
              options={[
                { value: "enabled", text: t("enabled") },
                { value: "disabled", text: t("disabled") },
                { value: "invited", text: t("invited") },
                { value: "directory", text: t("fromDirectory") },
              ]}
              onChange={(status) => set({ status })}
            />
          </ToolbarItem>
          <ToolbarItem>
            <Choice
              label={t("lastLogin")}
              any={t("anyLogin")}
              value={values.login}
              options={[
                { value: "idle", text: t("notForDays", { count: 90 }) },
                { value: "never", text: t("neverLoggedIn") },
              ]}
              onChange={(login) => set({ login })}
            />
          </ToolbarItem>
          {list.isFiltered && (
            <ToolbarItem>
              <Button variant="link" onClick={list.clear}>
                {t("clearFilters")}
              </Button>
            </ToolbarItem>
          )}
        </ToolbarGroup>
        <Total>{total !== undefined && t("usersCount", { count: total })}</Total>
      </ToolbarContent>
    </Toolbar>
  );
};
