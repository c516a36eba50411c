/**
 * Unsaved input, kept while the page has to be left: to log in again after a session ended, or for a step-up. Kept for the
 * tab and read once. Never a password: suppliers leave those out.
 */
const PREFIX = "wise-sync.draft.";

type Supplier = () => unknown;

/** The last supplier of a name counts; removing it brings back the one before. */
const suppliers = new Map<string, Supplier[]>();

export const drafts = {
  register(name: string, supplier: Supplier): () => void {
    suppliers.set(name, [...(suppliers.get(name) ?? []), supplier]);
    return () =>
      suppliers.set(
        name,
        (suppliers.get(name) ?? []).filter((other) => other !== supplier),
      );
  },

  saveAll() {
    for (const [name, registered] of suppliers) {
      const draft = registered.at(-1)?.();
      if (draft !== undefined) {
        sessionStorage.setItem(PREFIX + name, JSON.stringify(draft));
      }
    }
  },

  take<T>(name: string): T | undefined {
    const draft = sessionStorage.getItem(PREFIX + name);
    sessionStorage.removeItem(PREFIX + name);
    return draft === null ? undefined : (JSON.parse(draft) as T);
  },
};
