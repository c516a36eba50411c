package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import org.keycloak.models.UserModel;

/**
 * Whom a call is about, once it is known that the caller may make it.
 *
 * @param self whether they are the caller
 */
record Target(Account account, UserModel user, boolean self) {}
