import { MenuToggle, Select, SelectList, SelectOption } from "@patternfly/react-core";
import { useState } from "react";

type ChoiceProps<T extends string> = {
  label: string;
  /** The entry that removes the filter. */
  any: string;
  options: { value: T; text: string }[];
  value: T | undefined;
  onChange: (value: T | undefined) => void;
};

/** A filter: one of a few values, or all. */
export const Choice = <T extends string>({ label, any, options, value, onChange }: ChoiceProps<T>) => {
  const [isOpen, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value)?.text;
  return (
    <Select
      isOpen={isOpen}
      onOpenChange={setOpen}
      selected={value ?? ""}
      onSelect={(_, selected) => {
        onChange(selected ? (selected as T) : undefined);
        setOpen(false);
      }}
      shouldFocusToggleOnSelect
      isScrollable
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          isExpanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          aria-label={`${label}: ${chosen ?? any}`}
          title={chosen}
        >
          {chosen ? `${label}: ${chosen}` : label}
        </MenuToggle>
      )}
    >
      <SelectList aria-label={label}>
        <SelectOption value="">{any}</SelectOption>
        {options.map((option) => (
          <SelectOption key={option.value} value={option.value}>
            {option.text}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
};
