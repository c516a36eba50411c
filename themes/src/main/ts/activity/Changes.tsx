import { useTranslation } from "react-i18next";
import { Cut } from "../ui/Cut";
import { useActivityWords, type Entry } from "./useActivityWords";

/** The changed values of an entry, before and after. */
export const Changes = ({ entry }: { entry: Entry }) => {
  const { t } = useTranslation();
  const words = useActivityWords();
  const changes = words.changes(entry);
  if (changes.length === 0) {
    return null;
  }
  return (
    <ul className="wise-sync-changes">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <Cut>{t("activityChange", { field, before, after })}</Cut>
        </li>
      ))}
    </ul>
  );
};
