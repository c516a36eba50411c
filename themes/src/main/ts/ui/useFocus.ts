import { useEffect } from "react";
import type { RefCallBack } from "react-hook-form";

/** Lets an error focus a field that consists of several inputs: Radio and Checkbox of PatternFly take no ref. */
export const useFocus = (ref: RefCallBack, id: string | undefined) =>
  useEffect(() => {
    if (id) {
      ref({ focus: () => document.getElementById(id)?.focus() });
    }
  }, [ref, id]);
