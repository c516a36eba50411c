import { Alert, AlertActionCloseButton, AlertGroup } from "@patternfly/react-core";
import { onlineManager } from "@tanstack/react-query";
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { useTranslation } from "react-i18next";
import { useVariantLabel } from "./Notice";

type Variant = "success" | "warning" | "danger";
type Entry = { id: number; variant: Variant; message: string; details?: ReactNode; untilOnline: boolean };
type Options = {
  variant?: Variant;
  details?: ReactNode;
  /** Shown until it is closed: it names what has to be done next. */
  stays?: boolean;
  /** Removed as soon as there is a connection again. */
  untilOnline?: boolean;
};
type AddAlert = (message: string, options?: Options) => void;

const SHOWN_MS: Record<Variant, number> = { success: 6_000, warning: 20_000, danger: 20_000 };

const Context = createContext<AddAlert | undefined>(undefined);

export const useAlerts = (): { addAlert: AddAlert } => {
  const addAlert = useContext(Context);
  if (!addAlert) {
    throw new Error("No AlertsProvider around");
  }
  return useMemo(() => ({ addAlert }), [addAlert]);
};

/**
 * Messages about the result of an action, below the page, which becomes lower: they cover nothing, whatever bars it has,
 * and a dialog covers them.
 */
export const AlertsProvider = ({ children }: { children: ReactNode }) => {
  const { t } = useTranslation();
  const label = useVariantLabel();
  const [entries, setEntries] = useState<Entry[]>([]);
  const nextId = useRef(0);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());

  const remove = useCallback(
    (id: number) => setEntries((before) => before.filter((entry) => entry.id !== id)),
    [],
  );

  useEffect(() => {
    const running = timers.current;
    const unsubscribe = onlineManager.subscribe(
      (online) => online && setEntries((before) => before.filter(({ untilOnline }) => !untilOnline)),
    );
    return () => {
      unsubscribe();
      running.forEach(clearTimeout);
    };
  }, []);

  const addAlert = useCallback<AddAlert>(
    (message, { variant = "success", details, stays = false, untilOnline = false } = {}) => {
      const id = nextId.current++;
      setEntries((before) => [
        { id, variant, message, details, untilOnline },
        // The same message is shown once, and an error until something succeeds.
        ...before.filter(
          (entry) => entry.message !== message && !(variant === "success" && entry.variant === "danger"),
        ),
      ]);
      if (!stays) {
        timers.current.add(setTimeout(() => remove(id), SHOWN_MS[variant]));
      }
    },
    [remove],
  );

  return (
    <Context.Provider value={addAlert}>
      <div className="wise-sync-frame">
        {children}
        <AlertGroup isLiveRegion className="wise-sync-toasts" aria-label={t("messages")}>
          {entries.map(({ id, variant, message, details }) => (
            <Alert
              key={id}
              id={`message-${id}`}
              variant={variant}
              variantLabel={label(variant)}
              component="p"
              title={message}
              actionClose={
                <AlertActionCloseButton
                  aria-label={t("closeMessage", { message })}
                  onClose={() => remove(id)}
                />
              }
            >
              {details}
            </Alert>
          ))}
        </AlertGroup>
      </div>
    </Context.Provider>
  );
};
