import { Bullseye, Spinner, type SpinnerProps } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";

/** A spinner with a name in the user's language. */
export const Progress = ({ label, size = "md" }: { label?: string; size?: SpinnerProps["size"] }) => {
  const { t } = useTranslation();
  const text = label ?? t("loading");
  return <Spinner size={size} aria-label={text} aria-valuetext={text} />;
};

/** In place of a page of which nothing is known yet. */
export const Loading = () => (
  <Bullseye>
    <Progress size="xl" />
  </Bullseye>
);
