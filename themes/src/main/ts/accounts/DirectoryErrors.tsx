import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { useAccount } from "../AccountContext";
import { api, content, type Schemas } from "../api/client";
import { Action } from "../ui/Action";
import { Panel } from "../ui/Panel";
import { useChange } from "../ui/useChange";
import { useTimes } from "../ui/useTimes";

type ScimError = Schemas["ScimError"];

/** The newest requests of the directory that failed; an existing user that it could not create can be linked. */
export const DirectoryErrors = ({ errors }: { errors: ScimError[] }) => {
  const { t } = useTranslation();
  return (
    <Panel title={t("directoryErrors")}>
      {errors.length === 0 ? (
        <p>{t("directoryNoErrors")}</p>
      ) : (
        <ul className="wise-sync-activity" aria-label={t("directoryErrors")}>
          {errors.map((error, index) => (
            <ErrorItem key={`${error.at} ${index}`} error={error} />
          ))}
        </ul>
      )}
    </Panel>
  );
};

const ErrorItem = ({ error }: { error: ScimError }) => {
  const { t } = useTranslation();
  const { path } = useAccount();
  const at = useTimes();
  const { user } = error;
  return (
    <li>
      <strong>{error.message}</strong>
      {user && (
        <span>
          <Link to={`${path}/${user.id}`}>{user.username}</Link> <LinkUser error={error} user={user} />
        </span>
      )}
      <small>
        <time dateTime={error.at}>{at(error.at)}</time>{" "}
        {t("directoryRequest", { request: error.call, status: error.status })}
      </small>
    </li>
  );
};

const LinkUser = ({ error, user }: { error: ScimError; user: Schemas["UserReference"] }) => {
  const { t } = useTranslation();
  const { id } = useAccount();
  const link = useChange({
    call: () =>
      content(
        api.PUT("/accounts/{account}/users/{user}/scim-link", {
          params: { path: { account: id, user: user.id } },
          body: error.externalId ? { externalId: error.externalId } : {},
        }),
      ),
    done: () => t("userLinked", { username: user.username }),
    changed: ["account", id],
  });
  return (
    <Action variant="secondary" isBusy={link.isPending} onClick={() => link.mutate()}>
      {t("linkUser")}
    </Action>
  );
};
