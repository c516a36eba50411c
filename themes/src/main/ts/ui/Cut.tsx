/** A text of at most two lines; the rest is in the tooltip. Screen readers read all of it. */
export const Cut = ({ children }: { children: string }) => (
  <span className="wise-sync-cut" title={children}>
    {children}
  </span>
);

/** A dash where there is nothing, with a name for screen readers. */
export const Nothing = ({ name }: { name: string }) => (
  <>
    <span aria-hidden="true" className="wise-sync-nothing">
      –
    </span>
    <span className="pf-v5-screen-reader">{name}</span>
  </>
);
