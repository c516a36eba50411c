import {
  Divider,
  MenuSearch,
  MenuSearchInput,
  MenuToggle,
  Select,
  SelectList,
  SelectOption,
} from "@patternfly/react-core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import { queries } from "../api/queries";
import { FilterInput } from "../ui/SearchField";
import { fullName } from "../users/roles";

const SHOWN = 20;

type UserChoiceProps = { value: string | undefined; onChange: (user: string | undefined) => void };

/** A filter: one user of the account, found by typing. */
export const UserChoice = ({ value, onChange }: UserChoiceProps) => {
  const { t } = useTranslation();
  const account = useAccount();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const search = typed.trim();
  const found = useQuery({
    ...queries.users(account.id, { ...(search && { search }), first: 0, max: SHOWN }),
    enabled: isOpen,
  });
  const chosen = useQuery({ ...queries.user(account.id, value ?? ""), enabled: value !== undefined });
  // A deleted user has activity, and no name any more.
  const name = value === undefined ? undefined : (chosen.data?.username ?? (chosen.isError ? value : "…"));
  return (
    <Select
      isOpen={isOpen}
      onOpenChange={setOpen}
      selected={value ?? ""}
      onSelect={(_, selected) => {
        onChange(selected ? String(selected) : undefined);
        setOpen(false);
        setTyped("");
      }}
      shouldFocusToggleOnSelect
      isScrollable
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          isExpanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          aria-label={`${t("user")}: ${name ?? t("anyUser")}`}
          title={name}
        >
          {name ? `${t("user")}: ${name}` : t("user")}
        </MenuToggle>
      )}
    >
      <MenuSearch>
        <MenuSearchInput>
          <FilterInput
            label={t("searchUsers")}
            value={typed}
            onChange={setTyped}
            onClear={() => setTyped("")}
          />
        </MenuSearchInput>
      </MenuSearch>
      <Divider />
      <SelectList aria-label={t("user")}>
        <SelectOption value="">{t("anyUser")}</SelectOption>
        {(found.data?.users ?? []).map((user) => (
          <SelectOption key={user.id} value={user.id} description={fullName(user)}>
            {user.username}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
};
