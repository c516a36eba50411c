import type { RouteObject } from "react-router-dom";
import { AccountOfPath, OwnAccount } from "./AccountContext";
import { loaded } from "./api/errors";
import { Elsewhere } from "./Elsewhere";
import { Home } from "./Home";
import { Layout } from "./Layout";
import { PageFailure } from "./ui/Failure";
import { Loading } from "./ui/Loading";
import { Users } from "./users/Users";

// An account-admin's first page is the list; the chunks of the other pages are loaded when they are opened.
const editUser: RouteObject["lazy"] = async () => ({
  Component: (await loaded(import("./users/EditUser"))).EditUser,
});

const users: RouteObject[] = [
  { index: true, element: <Users /> },
  {
    path: "new",
    lazy: async () => ({ Component: (await loaded(import("./users/CreateUser"))).CreateUser }),
  },
  { path: ":user", lazy: editUser },
  { path: ":user/:tab", lazy: editUser },
];

const accountPage: RouteObject["lazy"] = async () => ({
  Component: (await loaded(import("./accounts/AccountPage"))).AccountPage,
});

const directory: RouteObject["lazy"] = async () => ({
  Component: (await loaded(import("./accounts/Directory"))).Directory,
});

const activity: RouteObject["lazy"] = async () => ({
  Component: (await loaded(import("./accounts/ActivityLog"))).ActivityLog,
});

export const routes: RouteObject[] = [
  {
    path: "/",
    element: <Layout />,
    hydrateFallbackElement: <Loading />,
    children: [
      {
        errorElement: <PageFailure />,
        children: [
          { index: true, element: <Home /> },
          { path: "users", element: <OwnAccount />, children: users },
          {
            path: "account",
            element: <OwnAccount />,
            children: [
              { index: true, lazy: accountPage },
              { path: "directory", lazy: directory },
            ],
          },
          { path: "activity", element: <OwnAccount />, children: [{ index: true, lazy: activity }] },
          {
            path: "accounts",
            lazy: async () => ({ Component: (await loaded(import("./accounts/Accounts"))).Accounts }),
          },
          {
            path: "accounts/:account",
            element: <AccountOfPath />,
            children: [
              { index: true, lazy: accountPage },
              { path: "directory", lazy: directory },
              { path: "activity", lazy: activity },
              { path: "users", children: users },
            ],
          },
          {
            path: "deactivations",
            lazy: async () => ({ Component: (await loaded(import("./accounts/Queue"))).Queue }),
          },
          {
            path: "lifecycle",
            lazy: async () => ({ Component: (await loaded(import("./accounts/Lifecycle"))).Lifecycle }),
          },
          {
            path: "setup",
            lazy: async () => ({ Component: (await loaded(import("./accounts/Setup"))).Setup }),
          },
          { path: "*", element: <Elsewhere /> },
        ],
      },
    ],
  },
];
