import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Navigate } from "react-router-dom";
import { queries } from "./api/queries";
import { useMe } from "./AccountContext";
import { NotAllowed } from "./NotAllowed";
import { stockConsole } from "./stock";
import { Loading } from "./ui/Loading";

/** The start page: the users, the accounts, Keycloak's own console, or who can help. */
export const Home = () => {
  const { staff, role, account } = useMe();
  if (staff) {
    return <Navigate to="/accounts" replace />;
  }
  if (role === "account-admin" && account) {
    return <Navigate to="/users" replace />;
  }
  return <WithoutAccount />;
};

const WithoutAccount = () => {
  const hasAdminRoles = useQuery(queries.adminRoles());
  useEffect(() => {
    if (hasAdminRoles.data) {
      stockConsole.open();
    }
  }, [hasAdminRoles.data]);
  return hasAdminRoles.data === false || hasAdminRoles.isError ? <NotAllowed /> : <Loading />;
};
