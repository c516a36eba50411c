import { useEffect, useState, type RefObject } from "react";

/** Whether an element has come into view, or is about to; stays true. */
export const useInView = (ref: RefObject<Element>): boolean => {
  const [isInView, setInView] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    if (isInView || !ref.current) {
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setInView(true),
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [isInView, ref]);
  return isInView;
};
