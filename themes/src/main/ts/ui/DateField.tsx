import { TextInput } from "@patternfly/react-core";
import { useId } from "react";

type DateFieldProps = {
  label: string;
  /** `yyyy-MM-dd`. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

/** A date, entered in the browser's own field. */
export const DateField = ({ label, value, onChange }: DateFieldProps) => {
  const id = useId();
  return (
    <div className="wise-sync-date">
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        type="date"
        max="9999-12-31"
        value={value ?? ""}
        onChange={(_, date) => onChange(date || undefined)}
      />
    </div>
  );
};
