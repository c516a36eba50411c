import type { Role, Schemas, User } from "../api/client";

/** Of a user what the form edits. */
export type Profile = {
  role: Role | "";
  companies: string[];
  firstName: string;
  lastName: string;
  email: string;
  username: string;
};

export const profileOf = (user: User): Profile => ({
  role: user.role ?? "",
  companies: user.companies,
  firstName: user.firstName ?? "",
  lastName: user.lastName ?? "",
  email: user.email ?? "",
  username: user.username,
});

export const inputOf = (profile: Profile): Schemas["UserInput"] => ({
  ...(profile.role && { role: profile.role }),
  companies: profile.role === "user" ? profile.companies : [],
  firstName: profile.firstName.trim(),
  lastName: profile.lastName.trim(),
  email: profile.email.trim(),
  username: profile.username.trim(),
});
