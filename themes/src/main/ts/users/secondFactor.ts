import { useQuery } from "@tanstack/react-query";
import { useAccount } from "../AccountContext";
import type { Account, User } from "../api/client";
import { queries } from "../api/queries";

/** What a login asks for after the password: what the user has set up, an emailed code, or nothing. */
export type SecondFactor = "own" | "code" | "none";

/** The list reads the account; a user's page that is opened from there does not read it again. */
export const ACCOUNT_STALE_MS = 300_000;

const dependsOnAccount = ({ twoFactor, role }: User) => !twoFactor && !!role && role !== "account-admin";

/**
 * As `SecondFactorPolicy` decides it, except that an application can require a second factor of everyone.
 *
 * @returns undefined if it depends on the account, which is not known yet
 */
export const secondFactorOf = (user: User, account: Account | undefined): SecondFactor | undefined => {
  if (user.twoFactor) {
    return "own";
  }
  if (!dependsOnAccount(user)) {
    return "code";
  }
  return account && (account.twoFactorMode === "optional" ? "none" : "code");
};

/** @param user the only user asked about; then the account is read only if the answer depends on it */
export const useSecondFactor = (user?: User) => {
  const { id } = useAccount();
  const account = useQuery({
    ...queries.account(id),
    staleTime: ACCOUNT_STALE_MS,
    enabled: !user || dependsOnAccount(user),
  });
  return (of: User) => secondFactorOf(of, account.data?.account);
};
