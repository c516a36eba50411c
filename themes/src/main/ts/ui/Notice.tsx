import { Alert, type AlertProps } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Variant = "info" | "success" | "warning" | "danger";

type NoticeProps = {
  variant: Variant;
  title: ReactNode;
  children?: ReactNode;
  isPlain?: boolean;
  /** Read out as soon as it appears. */
  isUrgent?: boolean;
  component?: AlertProps["component"];
  className?: string;
};

/** What screen readers say before the title of a message. */
export const useVariantLabel = () => {
  const { t } = useTranslation();
  const labels: Record<Variant, string> = {
    info: t("variantInfo"),
    success: t("variantSuccess"),
    warning: t("variantWarning"),
    danger: t("variantDanger"),
  };
  return (variant: Variant) => `${labels[variant]}:`;
};

/** A message within a page. */
export const Notice = ({
  variant,
  title,
  children,
  isPlain = false,
  isUrgent = false,
  component = "p",
  className,
}: NoticeProps) => {
  const label = useVariantLabel();
  return (
    <Alert
      isInline
      isPlain={isPlain}
      variant={variant}
      variantLabel={label(variant)}
      title={title}
      component={component}
      {...(className && { className })}
      {...(isUrgent && { role: "alert" })}
    >
      {children}
    </Alert>
  );
};
