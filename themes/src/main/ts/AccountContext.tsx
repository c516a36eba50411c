import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { Navigate, Outlet, useParams } from "react-router-dom";
import type { Schemas } from "./api/client";
import { queries } from "./api/queries";
import { Failure } from "./ui/Failure";
import { Loading } from "./ui/Loading";

type AccountInView = {
  id: string;
  name: string;
  psa?: Schemas["Psa"] | undefined;
  /** The path of its users, without a slash at the end. */
  path: string;
  /** The path of the page about the account itself. */
  accountPath: string;
  /** The path of its activity log. */
  activityPath: string;
  /** Whether support has opened it, rather than its own account-admin. */
  byStaff: boolean;
};

const Context = createContext<AccountInView | undefined>(undefined);

export const useAccount = (): AccountInView => {
  const account = useContext(Context);
  if (!account) {
    throw new Error("No account in view");
  }
  return account;
};

export const useMe = () => useSuspenseQuery(queries.me()).data;

/** The pages of the user's own account. */
export const OwnAccount = () => {
  const { account, role } = useMe();
  if (!account || role !== "account-admin") {
    return <Navigate to="/" replace />;
  }
  return (
    <Context.Provider
      value={{
        ...account,
        path: "/users",
        accountPath: "/account",
        activityPath: "/activity",
        byStaff: false,
      }}
    >
      <Outlet />
    </Context.Provider>
  );
};

/** The same pages for an account that support has opened. */
export const AccountOfPath = () => {
  const { account: id = "" } = useParams();
  const { staff } = useMe();
  const account = useQuery({ ...queries.account(id), enabled: staff });
  if (!staff) {
    return <Navigate to="/" replace />;
  }
  if (account.isError) {
    return <Failure error={account.error} retry={() => void account.refetch()} />;
  }
  if (!account.data) {
    return <Loading />;
  }
  const { name, psa } = account.data.account;
  const accountPath = `/accounts/${id}`;
  return (
    <Context.Provider
      value={{
        id,
        name,
        psa,
        path: `${accountPath}/users`,
        accountPath,
        activityPath: `${accountPath}/activity`,
        byStaff: true,
      }}
    >
      <Outlet />
    </Context.Provider>
  );
};
