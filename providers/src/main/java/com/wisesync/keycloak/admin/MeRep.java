package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
record MeRep(
        String id,
        String username,
        String role,
        MyAccountRep account,
        List<String> permissions,
        boolean staff,
        List<AdministratorRep> administrators) {}
