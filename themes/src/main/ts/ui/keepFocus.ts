/**
 * Keeps the focus in the page when the focused element disappears: a button that opened a form, a dialog that closed, an
 * entry of a closed menu. Otherwise the focus would fall to the body, and users of keyboards and screen readers would
 * start over at the top. The focus goes to the element focused before in the same part of the page (`data-focus-home`), or to
 * the heading of that part; while a dialog is open, never to an element behind it.
 */
export const keepFocus = (): (() => void) => {
  let trail: Element[][] = [];

  const remember = ({ target }: FocusEvent) => {
    if (target instanceof Element && target !== document.body) {
      trail = [ancestors(target), ...trail.filter(([element]) => element !== target)].slice(0, TRAIL_LENGTH);
    }
  };

  let check: ReturnType<typeof setTimeout> | undefined;
  const observer = new MutationObserver(() => {
    clearTimeout(check);
    // After React's effects and PatternFly's focus trap, which may have a better place.
    check = setTimeout(() => {
      const lost = trail[0]?.[0];
      if (lost && isNowhere() && !isFocusable(lost)) {
        comeHome(trail);
      }
    }, SETTLED_MS);
  });

  document.addEventListener("focusin", remember);
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
  return () => {
    clearTimeout(check);
    observer.disconnect();
    document.removeEventListener("focusin", remember);
  };
};

const TRAIL_LENGTH = 8;
const SETTLED_MS = 60;

const ancestors = (element: Element): Element[] =>
  element.parentElement ? [element, ...ancestors(element.parentElement)] : [element];

const isNowhere = () => document.activeElement === null || document.activeElement === document.body;

const isFocusable = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement && element.isConnected && !element.matches(":disabled");

const comeHome = (trail: Element[][]) => {
  const dialog = [...document.querySelectorAll("[role=dialog]")].at(-1);
  const home =
    trail
      .flatMap(([, ...parents]) => parents)
      .find(
        (parent) =>
          parent.isConnected &&
          parent.matches("[data-focus-home], main, [role=dialog]") &&
          (!dialog || dialog.contains(parent)),
      ) ?? dialog;
  if (!home) {
    return;
  }
  const before = trail
    .flatMap(([element]) => (element && isFocusable(element) ? [element] : []))
    .find((element) => home.contains(element));
  const target = before ?? home.querySelector<HTMLElement>("h1, h2, h3") ?? (home as HTMLElement);
  if (!before && !target.hasAttribute("tabindex")) {
    target.tabIndex = -1;
  }
  target.focus();
};
