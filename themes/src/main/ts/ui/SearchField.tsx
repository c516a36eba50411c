import { SearchInput } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

const PAUSE_MS = 250;

/** Searches when the typing pauses, at once on Enter. */
export const SearchField = ({
  label,
  value,
  onSearch,
}: {
  label: string;
  value: string | undefined;
  onSearch: (value: string | undefined) => void;
}) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value ?? "");
  const [seen, setSeen] = useState(value);
  // The back button, or "clear filters", changed it.
  if (seen !== value) {
    setSeen(value);
    if ((value ?? "") !== typed.trim()) {
      setTyped(value ?? "");
    }
  }
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === (value ?? "")) {
      return;
    }
    const pause = setTimeout(() => onSearch(wanted || undefined), PAUSE_MS);
    return () => clearTimeout(pause);
  }, [wanted, value, onSearch]);
  return (
    <SearchInput
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(_, text) => setTyped(text)}
      onSearch={() => onSearch(wanted || undefined)}
      onClear={() => {
        setTyped("");
        onSearch(undefined);
      }}
      resetButtonLabel={t("clearSearch")}
      autoComplete="off"
      maxLength={255}
      data-1p-ignore
      data-lpignore="true"
    />
  );
};
