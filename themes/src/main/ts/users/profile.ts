import type { Role, Schemas, User } from "../api/client";

/** The part of a user that the form edits. */
export type Profile = {
  role: Role | "";
  companies: string[];
  firstName: string;
  lastName: string;
  email: string;
  username: string;
};

export type Field = keyof Profile;

export const FIELDS: readonly Field[] = ["role", "companies", "firstName", "lastName", "email", "username"];

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

const isSame = (one: Profile, other: Profile, field: Field) =>
  field === "companies"
    ? [...one.companies].sort().join() === [...other.companies].sort().join()
    : String(one[field]).trim() === String(other[field]).trim();

export const changedFields = (before: Profile, after: Profile) =>
  FIELDS.filter((field) => !isSame(before, after, field));

/** Takes the given fields from another profile. */
export const withFields = (profile: Profile, other: Profile, fields: readonly Field[]): Profile => ({
  ...profile,
  ...Object.fromEntries(fields.map((field) => [field, other[field]])),
});

export type Merge = {
  /** Both changes; where they clash, that of the form. */
  merged: Profile;
  /** Fields that both changed, to different values. */
  clashes: Field[];
  /** Fields taken from the saved profile, because only the other change concerns them, or some of their companies. */
  adopted: Field[];
};

/** Another role than user has no companies; those in a form whose role is another one mean no change. */
const withCountedCompanies = (base: Profile, profile: Profile): Profile =>
  profile.role === "user" ? profile : { ...profile, companies: base.companies };

/**
 * Merges two changes of the same profile. Companies are merged one by one; they clash if none would be left, or if the other
 * change takes the role user away.
 *
 * @param base what both changes started from
 * @param saved what the other change saved
 * @param edited what the form has
 */
export const merge = (base: Profile, saved: Profile, edited: Profile): Merge => {
  const changedInSaved = changedFields(base, withCountedCompanies(base, saved));
  const changedInForm = changedFields(base, withCountedCompanies(base, edited));
  const endsCompanies = (changed: Field[], { role }: Profile, other: Field[]) =>
    role !== "user" && changed.includes("role") && other.includes("companies");
  const isRoleAgainstCompanies =
    endsCompanies(changedInSaved, saved, changedInForm) ||
    endsCompanies(changedInForm, edited, changedInSaved);
  const both = changedInSaved.filter(
    (field) => changedInForm.includes(field) && !isSame(saved, edited, field),
  );
  const companies = [
    ...saved.companies.filter((id) => edited.companies.includes(id) || !base.companies.includes(id)),
    ...edited.companies.filter((id) => !base.companies.includes(id) && !saved.companies.includes(id)),
  ];
  const isMergeable = both.includes("companies") && companies.length > 0;
  const clashes = FIELDS.filter(
    (field) =>
      (both.includes(field) && !(field === "companies" && isMergeable)) ||
      (isRoleAgainstCompanies && (field === "role" || field === "companies")),
  );
  const notInForm = changedInSaved.filter(
    (field) => !changedInForm.includes(field) && !clashes.includes(field),
  );
  const fromSaved = withFields(edited, saved, notInForm);
  const merged = isMergeable ? { ...fromSaved, companies } : fromSaved;
  const adopted = changedInSaved.filter(
    (field) =>
      notInForm.includes(field) || (field === "companies" && isMergeable && !isSame(merged, edited, field)),
  );
  return { merged, clashes, adopted };
};
