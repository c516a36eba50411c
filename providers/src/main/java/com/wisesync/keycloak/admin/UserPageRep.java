package com.wisesync.keycloak.admin;

import java.util.List;

record UserPageRep(long total, List<UserRep> users) {}
