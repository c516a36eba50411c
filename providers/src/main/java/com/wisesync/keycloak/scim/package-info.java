/**
 * SCIM 2.0 (RFC 7643, RFC 7644) for one account, as Microsoft Entra ID and Okta use it. A customer's directory creates, edits
 * and disables users of its account with the use cases of {@code user}; Keycloak's own SCIM is not involved.
 */
package com.wisesync.keycloak.scim;
