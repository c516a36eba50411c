import { FormErrorText } from "@keycloak/keycloak-ui-shared";
import { Button, Checkbox, FormGroup, SearchInput } from "@patternfly/react-core";
import { useState } from "react";
import { useController, type Control, type FieldPath, type FieldValues } from "react-hook-form";
import { useTranslation } from "react-i18next";
import type { Company } from "../api/client";
import { useFocus } from "../ui/useFocus";

const FILTER_FROM = 9;

/** The companies for which a user may sync. */
export const CompaniesField = <T extends FieldValues>({
  control,
  name,
  companies,
}: {
  control: Control<T>;
  name: FieldPath<T>;
  companies: Company[];
}) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const { field, fieldState } = useController({
    control,
    name,
    rules: {
      validate: (chosen: unknown) => (Array.isArray(chosen) && chosen.length > 0) || t("chooseCompany"),
    },
  });
  const error = fieldState.error?.message;
  const chosen = (field.value as string[] | undefined) ?? [];
  const all = companies.map(({ id }) => id);
  const wanted = typed.trim().toLowerCase();
  const shown = companies.filter((company) => company.name.toLowerCase().includes(wanted));
  useFocus(field.ref, shown[0] && `${name}-${shown[0].id}`);
  const isAll = all.every((id) => chosen.includes(id));
  return (
    <FormGroup
      role="group"
      label={t("companies")}
      fieldId={name}
      isRequired
      aria-describedby={error && `${name}-error`}
    >
      {companies.length >= FILTER_FROM && (
        <SearchInput
          aria-label={t("searchCompanies")}
          placeholder={t("searchCompanies")}
          value={typed}
          onChange={(_, text) => setTyped(text)}
          onClear={() => setTyped("")}
          autoComplete="off"
        />
      )}
      <div className="wise-sync-companies">
        {shown.map(({ id, name: company }) => (
          <Checkbox
            key={id}
            id={`${name}-${id}`}
            label={company}
            isChecked={chosen.includes(id)}
            onChange={(_, checked) =>
              field.onChange(all.filter((other) => (other === id ? checked : chosen.includes(other))))
            }
          />
        ))}
      </div>
      {companies.length > 1 && (
        <Button variant="link" isInline onClick={() => field.onChange(isAll ? [] : all)}>
          {isAll ? t("selectNone") : t("selectAll")}
        </Button>
      )}
      {error && <FormErrorText id={`${name}-error`} message={error} />}
    </FormGroup>
  );
};
