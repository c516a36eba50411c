import { Breadcrumb, BreadcrumbItem, PageSection, PageSectionVariants, Title } from "@patternfly/react-core";
import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigationType } from "react-router-dom";

const HEADING = "page-heading";

type Crumb = { to: string; text: string };

type PageHeadProps = {
  title: string;
  /** Beside the title. */
  badge?: ReactNode;
  description?: ReactNode;
  crumbs?: Crumb[];
  actions?: ReactNode;
  /** Leads to the other pages about the same thing. */
  navigation?: ReactNode;
  /** On a phone without its description: there is a list to show. */
  isList?: boolean;
};

/** The head of every page. Sets the window's title, and takes the focus, so that screen readers announce the page. */
export const PageHead = ({
  title,
  badge,
  description,
  crumbs = [],
  actions,
  navigation,
  isList = false,
}: PageHeadProps) => {
  const { t } = useTranslation();
  const arrival = useNavigationType();
  useEffect(() => {
    document.title = `${title} | ${t("brand")}`;
  }, [title, t]);
  useEffect(() => {
    if (arrival === "PUSH") {
      // PatternFly's Title takes no ref.
      document.getElementById(HEADING)?.focus();
    }
  }, [arrival]);
  return (
    <PageSection
      variant={PageSectionVariants.light}
      className={`wise-sync-head ${isList ? "wise-sync-list-head" : ""}`}
      data-focus-home
    >
      {crumbs.length > 0 && (
        <Breadcrumb className="wise-sync-crumbs" aria-label={t("breadcrumb")}>
          {crumbs.map(({ to, text }) => (
            <BreadcrumbItem
              key={to}
              render={({ className }) => (
                <Link className={`${className} wise-sync-crumb`} to={to} title={text}>
                  {text}
                </Link>
              )}
            />
          ))}
          <BreadcrumbItem isActive>
            <span className="wise-sync-crumb" title={title}>
              {title}
            </span>
          </BreadcrumbItem>
        </Breadcrumb>
      )}
      <div className="wise-sync-head__row">
        <div className="wise-sync-head__title">
          <Title
            headingLevel="h1"
            size="2xl"
            id={HEADING}
            tabIndex={-1}
            className="wise-sync-title"
            title={title}
          >
            {title}
          </Title>
          {badge}
          {description && <p className="wise-sync-head__description">{description}</p>}
        </div>
        {actions && <div className="wise-sync-actions">{actions}</div>}
      </div>
      {navigation}
    </PageSection>
  );
};
