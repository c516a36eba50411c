import { useEffect } from "react";
import type { FieldValues, Path, PathValue, UseFormReturn } from "react-hook-form";

/** Fills a form with the values of a draft, as if they had been typed. */
export const useRestored = <T extends FieldValues>(form: UseFormReturn<T>, values: T | undefined) =>
  useEffect(() => {
    if (values) {
      (Object.entries(values) as [Path<T>, PathValue<T, Path<T>>][]).forEach(([name, value]) =>
        form.setValue(name, value, { shouldDirty: true }),
      );
    }
  }, [form, values]);
