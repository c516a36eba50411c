import { useEffect } from "react";
import type { RefCallBack } from "react-hook-form";

/** Where an error puts the focus in a field of several inputs: PatternFly's Radio and Checkbox take no ref. */
export const useFocus = (ref: RefCallBack, id: string | undefined) =>
  useEffect(() => {
    if (id) {
      ref({ focus: () => document.getElementById(id)?.focus() });
    }
  }, [ref, id]);
