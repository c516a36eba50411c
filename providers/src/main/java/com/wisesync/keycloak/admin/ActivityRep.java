package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One thing that happened.
 *
 * @param by who did it, the user themselves or somebody of their account; none when it was Wise-Sync
 * @param application where, if it happened at one
 * @param fields what was changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ActivityRep(String at, String what, UserReferenceRep by, String application, List<String> fields) {}
