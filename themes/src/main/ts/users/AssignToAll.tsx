import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAccount } from "../AccountContext";
import type { Company } from "../api/client";
import { Action } from "../ui/Action";
import { useAlerts } from "../ui/Alerts";
import { useReport } from "../ui/useReport";
import { BulkDialog } from "./BulkDialog";
import { allUsers } from "./allUsers";

/** Assigns a company to every user with the role `user`: the others have all companies, or none. */
export const AssignToAll = ({ company }: { company: Company }) => {
  const { t } = useTranslation();
  const account = useAccount();
  const { addAlert } = useAlerts();
  const report = useReport();
  const opening = useMutation({
    mutationFn: async () => (await allUsers(account.id, { role: "user" })).map(({ id }) => id),
    onSuccess: (users) => {
      if (users.length === 0) {
        addAlert(t("noUsersToAssign"), { variant: "danger" });
      }
    },
    onError: report,
  });
  return (
    <>
      <Action
        variant="link"
        isInline
        isBusy={opening.isPending}
        onClick={() => !opening.isPending && opening.mutate()}
      >
        {t("assignToAll")}
      </Action>
      {opening.data && opening.data.length > 0 && (
        <BulkDialog
          action="assign"
          users={opening.data}
          companies={[company]}
          company={company}
          onClose={opening.reset}
        />
      )}
    </>
  );
};
