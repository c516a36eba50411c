/**
 * What is typed but not saved, for the one moment in which the page must be left: to log in again, after a session ended or
 * for a step-up. Kept for the tab, taken up once. Never a password: whoever registers a draft leaves those out.
 */
const PREFIX = "wise-sync.draft.";

type Supplier = () => unknown;

const suppliers = new Map<string, Supplier>();

export const drafts = {
  register(name: string, supplier: Supplier): () => void {
    suppliers.set(name, supplier);
    return () => {
      if (suppliers.get(name) === supplier) {
        suppliers.delete(name);
      }
    };
  },

  saveAll() {
    for (const [name, supplier] of suppliers) {
      const draft = supplier();
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
