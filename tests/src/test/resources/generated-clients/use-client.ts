// Uses the client that openapi-generator makes of openapi.yaml; ends with an error if a call does not work. Arguments: the address
// of the API, a service's token, an account and an email address that is not used yet.
import {
  AccountsApi,
  Configuration,
  MeApi,
  ResponseError,
  Role,
  SetupApi,
  UsersApi,
  WisePayApi,
} from "./client/index.js";

declare const process: { argv: string[] };

const [basePath, accessToken, account, email] = process.argv.slice(2);
const configuration = new Configuration({ basePath, accessToken });
const accounts = new AccountsApi(configuration);
const users = new UsersApi(configuration);

require((await new MeApi(configuration).getMe()).staff, "the service is staff");
require((await accounts.listAccounts({ search: "acme" })).total >= 1, "accounts");
require((await accounts.getAccount({ account })).id === account, "account");
require((await accounts.listCompanies({ account })).length > 0, "companies");
require((await new SetupApi(configuration).getSetup()).length > 0, "setup");
require((await new WisePayApi(configuration).listDeactivations({ max: 20 })).total >= 0, "deactivations");

const fields = { role: Role.User, firstName: "Generated", lastName: "Client", email };
const created = await users.createUserRaw({ account, newUser: { ...fields, companies: ["acme-au"] } });
const { id: user } = await created.value();
const ifMatch = created.raw.headers.get("ETag") ?? undefined;
require((created.raw.headers.get("Location") ?? "").endsWith(`/users/${user}`), "location");

const page = await users.listUsers({ account, search: email, role: Role.User, company: "acme-au", enabled: true });
require(page.total === 1 && page.users[0].email === email, "page of users");
const userInput = { ...fields, username: email, companies: ["acme-us"] };
const changed = await users.updateUser({ account, user, userInput, ifMatch });
require(changed.companies[0] === "acme-us", "change");
const refused = await users.updateUser({ account, user, userInput, ifMatch }).catch((error: unknown) => error);
require(refused instanceof ResponseError && refused.response.status === 412, "refusal");
await users.disableUser({ account, user });
require(!(await users.getUser({ account, user })).enabled, "disabled");
require((await accounts.listAccountActivity({ account, user })).length > 0, "activity");

function require(condition: boolean, what: string) {
  if (!condition) {
    throw new Error(what);
  }
}
