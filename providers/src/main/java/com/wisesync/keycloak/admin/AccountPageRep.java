package com.wisesync.keycloak.admin;

import java.util.List;

record AccountPageRep(long total, List<AccountRep> accounts) {}
