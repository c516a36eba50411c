package com.wisesync.keycloak.admin;

import java.util.List;

record DeactivationPageRep(long total, List<DeactivationRep> deactivations) {}
