import { Button, Modal, ModalVariant } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useTranslation } from "react-i18next";
import type { Company } from "../api/client";
import type { Profile } from "./profile";
import { useRoles } from "./roles";

type ConflictProps = {
  theirs: Profile;
  mine: Profile;
  companies: Company[];
  isSaving: boolean;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
};

/** Somebody else was faster: both versions side by side, and the choice. */
export const Conflict = ({
  theirs,
  mine,
  companies,
  isSaving,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: ConflictProps) => {
  const { t } = useTranslation();
  const roles = useRoles();
  const nameOf = (id: string) => companies.find((company) => company.id === id)?.name ?? id;
  const inWords = (profile: Profile) => ({
    role: roles.name(profile.role || undefined),
    companies: profile.role === "user" ? profile.companies.map(nameOf).sort().join(", ") : "",
    firstName: profile.firstName,
    lastName: profile.lastName,
    email: profile.email,
    username: profile.username,
  });
  const labels = {
    role: t("role"),
    companies: t("companies"),
    firstName: t("firstName"),
    lastName: t("lastName"),
    email: t("email"),
    username: t("username"),
  };
  const [before, after] = [inWords(theirs), inWords(mine)];
  const fields = (Object.keys(labels) as (keyof typeof labels)[]).filter(
    (field) => before[field] !== after[field],
  );
  return (
    <Modal
      isOpen
      variant={ModalVariant.medium}
      title={t("conflict")}
      titleIconVariant="warning"
      description={t("conflictDescription")}
      onClose={onClose}
      actions={[
        <Button key="mine" variant="primary" isLoading={isSaving} isDisabled={isSaving} onClick={onKeepMine}>
          {t("saveMine")}
        </Button>,
        <Button key="theirs" variant="secondary" isDisabled={isSaving} onClick={onTakeTheirs}>
          {t("takeTheirs")}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClose}>
          {t("cancel")}
        </Button>,
      ]}
    >
      <Table aria-label={t("conflict")} variant="compact" gridBreakPoint="grid-md">
        <Thead>
          <Tr>
            <Th>{t("field")}</Th>
            <Th>{t("savedNow")}</Th>
            <Th>{t("yours")}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {fields.map((field) => (
            <Tr key={field}>
              <Td dataLabel={t("field")}>{labels[field]}</Td>
              <Td dataLabel={t("savedNow")} modifier="breakWord">
                {before[field]}
              </Td>
              <Td dataLabel={t("yours")} modifier="breakWord">
                {after[field]}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Modal>
  );
};
