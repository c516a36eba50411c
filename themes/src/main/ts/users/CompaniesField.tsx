import { FormErrorText } from "@keycloak/keycloak-ui-shared";
import { Button, Checkbox, FormGroup } from "@patternfly/react-core";
import { useId, useState } from "react";
import { useController, type Control, type FieldPath, type FieldValues } from "react-hook-form";
import { useTranslation } from "react-i18next";
import type { Company } from "../api/client";
import { FilterInput } from "../ui/SearchField";
import { useFocus } from "../ui/useFocus";

type CompanyChecksProps = {
  /** Prefix of the ids of the checkboxes. */
  name: string;
  companies: Company[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
};

const FILTER_FROM = 9;

const matching = (companies: Company[], typed: string) => {
  const wanted = typed.trim().toLowerCase();
  return companies.filter(({ name }) => name.toLowerCase().includes(wanted));
};

/** Companies to choose from, in a box that scrolls. "Select all" means all that are shown. */
export const CompanyChecks = ({ name, companies, chosen, onChange }: CompanyChecksProps) => {
  const { t } = useTranslation();
  const counterId = useId();
  const [typed, setTyped] = useState("");
  const shown = matching(companies, typed);
  const isNarrowed = shown.length < companies.length;
  const isAllShown = shown.length > 0 && shown.every(({ id }) => chosen.includes(id));
  const choose = (ids: string[], isChosen: boolean) =>
    onChange(
      companies.map(({ id }) => id).filter((id) => (ids.includes(id) ? isChosen : chosen.includes(id))),
    );
  const count = companies.filter(({ id }) => chosen.includes(id)).length;
  return (
    <>
      {companies.length >= FILTER_FROM && (
        <FilterInput
          label={t("searchCompanies")}
          value={typed}
          onChange={setTyped}
          onClear={() => setTyped("")}
        />
      )}
      <div className="wise-sync-companies">
        {shown.map(({ id, name: company }) => (
          <Checkbox
            key={id}
            id={`${name}-${id}`}
            label={company}
            isChecked={chosen.includes(id)}
            onChange={(_, checked) => choose([id], checked)}
          />
        ))}
        {shown.length === 0 && <p>{t("noCompanyFound")}</p>}
      </div>
      {companies.length > 1 && (
        <div className="wise-sync-companies__foot">
          {shown.length > 0 && (
            <Button
              variant="link"
              isInline
              aria-describedby={counterId}
              onClick={() =>
                choose(
                  shown.map(({ id }) => id),
                  !isAllShown,
                )
              }
            >
              {isAllShown
                ? isNarrowed
                  ? t("deselectShown", { count: shown.length })
                  : t("deselectAll")
                : isNarrowed
                  ? t("selectShown", { count: shown.length })
                  : t("selectAll")}
            </Button>
          )}
          <span id={counterId} role="status">
            {t("companiesSelected", { count, total: companies.length })}
          </span>
        </div>
      )}
    </>
  );
};

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
  const { field, fieldState } = useController({
    control,
    name,
    rules: {
      validate: (chosen: unknown) => (Array.isArray(chosen) && chosen.length > 0) || t("chooseCompany"),
    },
  });
  const error = fieldState.error?.message;
  useFocus(field.ref, companies[0] && `${name}-${companies[0].id}`);
  return (
    <FormGroup
      role="group"
      label={t("companies")}
      fieldId={name}
      isRequired
      aria-describedby={error && `${name}-error`}
    >
      <CompanyChecks
        name={name}
        companies={companies}
        chosen={(field.value as string[] | undefined) ?? []}
        onChange={field.onChange}
      />
      {error && <FormErrorText id={`${name}-error`} message={error} />}
    </FormGroup>
  );
};
