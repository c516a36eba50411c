/**
 * A simulated Wise-Pay for demonstrations and tests: keeps links, and follows the contract of {@code wise-pay.yaml}.
 */
package com.wisesync.keycloak.simulator;
