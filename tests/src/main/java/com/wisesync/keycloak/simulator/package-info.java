/** Wise-Pay as we need it to be for trying things out: it keeps its links, and the contract of {@code wise-pay.yaml}. */
package com.wisesync.keycloak.simulator;
