import { useState } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";

/**
 * The first error gets the focus, in the order in which fields were registered. Companies appear later than the fields
 * below them, so they are registered first; only once, or they would be validated while they are hidden.
 */
export const useOrderOfErrors = <T extends FieldValues & { role: string; companies: string[] }>(
  form: UseFormReturn<T>,
) => {
  useState(() => ["role", "companies"].map((name) => form.register(name as Path<T>)));
};
