import { useTranslation } from "react-i18next";
import { Action } from "./Action";

type NewerOlderProps = {
  page: number;
  hasOlder: boolean;
  onPage: (page: number) => void;
};

/** Leads through a log whose length is not known; nothing where everything fits on one page. */
export const NewerOlder = ({ page, hasOlder, onPage }: NewerOlderProps) => {
  const { t } = useTranslation();
  if (page === 1 && !hasOlder) {
    return null;
  }
  return (
    <nav className="wise-sync-newer-older" aria-label={t("pages")}>
      <Action variant="secondary" isOff={page === 1} onClick={() => page > 1 && onPage(page - 1)}>
        {t("newer")}
      </Action>
      <span role="status">{t("pageNumber", { page })}</span>
      <Action variant="secondary" isOff={!hasOlder} onClick={() => hasOlder && onPage(page + 1)}>
        {t("older")}
      </Action>
    </nav>
  );
};
