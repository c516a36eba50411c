import { KeycloakSpinner } from "@keycloak/keycloak-ui-shared";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Navigate } from "react-router-dom";
import { queries } from "./api/queries";
import { stockConsole } from "./stock";

/** An address of Keycloak's own console: for who holds its roles it opens there, everybody else begins at the start. */
export const Elsewhere = () => {
  const hasAdminRoles = useQuery(queries.adminRoles());
  useEffect(() => {
    if (hasAdminRoles.data) {
      stockConsole.open(location.hash);
    }
  }, [hasAdminRoles.data]);
  return hasAdminRoles.data === false || hasAdminRoles.isError ? (
    <Navigate to="/" replace />
  ) : (
    <KeycloakSpinner />
  );
};
