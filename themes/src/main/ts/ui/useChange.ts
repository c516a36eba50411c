import { useMutation, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { refresh } from "../api/queries";
import { useAlerts } from "./Alerts";
import { useReport } from "./useReport";

type Change = {
  call: () => Promise<unknown>;
  /** Returns the text to announce; undefined if the session is over. */
  done: () => string | undefined;
  /** What is read again, also after an error: the data may have changed meanwhile. */
  changed: QueryKey;
  onSettled?: () => void;
};

/** A call that changes data, announces success, reports errors, and reads the data again. */
export const useChange = ({ call, done, changed, onSettled }: Change) => {
  const client = useQueryClient();
  const { addAlert } = useAlerts();
  const report = useReport();
  return useMutation({
    mutationFn: call,
    onSuccess: () => {
      const text = done();
      if (text !== undefined) {
        addAlert(text);
        void refresh(client, changed);
      }
    },
    onError: (error) => {
      report(error);
      void refresh(client, changed);
    },
    ...(onSettled && { onSettled }),
  });
};
