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
};

/** What every page begins with. Names the window, and takes the focus so that a screen reader says where one is now. */
export const PageHead = ({ title, badge, description, crumbs = [], actions }: PageHeadProps) => {
  const { t } = useTranslation();
  const navigation = useNavigationType();
  useEffect(() => {
    document.title = `${title} | ${t("brand")}`;
  }, [title, t]);
  useEffect(() => {
    if (navigation === "PUSH") {
      // By its id: PatternFly's Title takes no ref.
      document.getElementById(HEADING)?.focus();
    }
  }, [navigation]);
  return (
    <PageSection variant={PageSectionVariants.light} className="wise-sync-head">
      {crumbs.length > 0 && (
        <Breadcrumb className="wise-sync-crumbs">
          {crumbs.map(({ to, text }) => (
            <BreadcrumbItem
              key={to}
              render={({ className }) => (
                <Link className={className} to={to}>
                  {text}
                </Link>
              )}
            />
          ))}
          <BreadcrumbItem isActive>{title}</BreadcrumbItem>
        </Breadcrumb>
      )}
      <div className="wise-sync-head__row">
        <div className="wise-sync-head__title">
          <Title headingLevel="h1" size="2xl" id={HEADING} tabIndex={-1} className="wise-sync-title">
            {title}
          </Title>
          {badge}
          {description && <p className="wise-sync-head__description">{description}</p>}
        </div>
        {actions && <div className="wise-sync-actions">{actions}</div>}
      </div>
    </PageSection>
  );
};
