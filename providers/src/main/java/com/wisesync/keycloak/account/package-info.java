/** Accounts, stored as Keycloak organizations, and their companies, stored as attributes of the organization. */
package com.wisesync.keycloak.account;
