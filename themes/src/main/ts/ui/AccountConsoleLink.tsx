import { environment } from "../environment";

const ADDRESS = `${environment.serverBaseUrl}/realms/${encodeURIComponent(environment.realm)}/account/`;

/** Leads to the account console, where users change their own email address, password and second factor. */
export const AccountConsoleLink = ({ text }: { text: string }) => <a href={ADDRESS}>{text}</a>;
