import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Navigate } from "react-router-dom";
import { queries } from "./api/queries";
import { stockConsole } from "./stock";
import { Loading } from "./ui/Loading";

/** An address of Keycloak's own console: opened there for users who hold its roles; others go to the start page. */
export const Elsewhere = () => {
  const hasAdminRoles = useQuery(queries.adminRoles());
  useEffect(() => {
    if (hasAdminRoles.data) {
      stockConsole.open(location.hash);
    }
  }, [hasAdminRoles.data]);
  return hasAdminRoles.data === false || hasAdminRoles.isError ? <Navigate to="/" replace /> : <Loading />;
};
