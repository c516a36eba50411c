import { useEffect } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";

/** Fills a form with the values of a draft, as if they had been typed. */
export const useRestored = <T extends FieldValues>(form: UseFormReturn<T>, values: T | undefined) =>
  useEffect(() => {
    if (values) {
      (Object.keys(values) as Path<T>[]).forEach((name) =>
        form.setValue(name, values[name], { shouldDirty: true }),
      );
    }
  }, [form, values]);
