package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One subject of a realm: finds what is to be changed there. What the files don't name is never touched. */
interface Subject {

    /** May be asked before the changes of earlier subjects were made; what those will bring then counts as there. */
    List<Change> changes(ObjectNode wanted, AdminApi realm);
}
