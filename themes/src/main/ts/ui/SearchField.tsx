import { Button, TextInputGroup, TextInputGroupMain, TextInputGroupUtilities } from "@patternfly/react-core";
import { SearchIcon } from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { TimesIcon } from "@patternfly/react-icons/dist/esm/icons/times-icon";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

const PAUSE_MS = 250;

/** The route without its search. */
const page = () => window.location.hash.split("?")[0];

/** Searches when the typing pauses; there is no button to press. */
export const SearchField = ({
  label,
  value,
  onSearch,
}: {
  label: string;
  value: string | undefined;
  onSearch: (value: string | undefined) => void;
}) => {
  const [typed, setTyped] = useState(value ?? "");
  const [seen, setSeen] = useState(value);
  // Changed from outside: by the browser's Back, or by "Clear filters".
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
    // While the next page is loading this one is still there; its search must not lead back.
    const place = page();
    const pause = setTimeout(() => page() === place && onSearch(wanted || undefined), PAUSE_MS);
    return () => clearTimeout(pause);
  }, [wanted, value, onSearch]);
  return (
    <FilterInput
      label={label}
      value={typed}
      onChange={setTyped}
      onClear={() => {
        setTyped("");
        onSearch(undefined);
      }}
    />
  );
};

type FilterInputProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onClear: () => void;
};

/** The API's limit. */
const MAX_LENGTH = 255;

/** A text that narrows a list down. */
export const FilterInput = ({ label, value, onChange, onClear }: FilterInputProps) => {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <TextInputGroup>
      <TextInputGroupMain
        innerRef={input}
        icon={<SearchIcon />}
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(_, text) => onChange(text.slice(0, MAX_LENGTH))}
      />
      {value !== "" && (
        <TextInputGroupUtilities>
          <Button
            variant="plain"
            aria-label={t("clearSearch")}
            onClick={() => {
              onClear();
              input.current?.focus();
            }}
          >
            <TimesIcon />
          </Button>
        </TextInputGroupUtilities>
      )}
    </TextInputGroup>
  );
};
