import { useState } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";

/**
 * The focus goes to the first error in the order in which fields were registered. Companies are shown later than what
 * stands below them, so they are registered before; once, or they would be asked for where they aren't shown.
 */
export const useOrderOfErrors = <T extends FieldValues & { role: string; companies: string[] }>(
  form: UseFormReturn<T>,
) => {
  useState(() => ["role", "companies"].map((name) => form.register(name as Path<T>)));
};
