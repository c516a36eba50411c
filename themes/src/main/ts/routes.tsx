import type { RouteObject } from "react-router-dom";
import { Accounts } from "./accounts/Accounts";
import { Queue } from "./accounts/Queue";
import { AccountOfPath, OwnAccount } from "./AccountContext";
import { Elsewhere } from "./Elsewhere";
import { Home } from "./Home";
import { Layout } from "./Layout";
import { CreateUser } from "./users/CreateUser";
import { EditUser } from "./users/EditUser";
import { Users } from "./users/Users";

const users: RouteObject[] = [
  { index: true, element: <Users /> },
  { path: "new", element: <CreateUser /> },
  { path: ":user", element: <EditUser /> },
  { path: ":user/:tab", element: <EditUser /> },
];

export const routes: RouteObject[] = [
  {
    path: "/",
    element: <Layout />,
    children: [
      { index: true, element: <Home /> },
      { path: "users", element: <OwnAccount />, children: users },
      { path: "accounts", element: <Accounts /> },
      { path: "accounts/:account/users", element: <AccountOfPath />, children: users },
      { path: "deactivations", element: <Queue /> },
      { path: "*", element: <Elsewhere /> },
    ],
  },
];
