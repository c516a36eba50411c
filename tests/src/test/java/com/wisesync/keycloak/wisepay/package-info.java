/** That Wise-Pay hears of everybody who is turned off, on a real server. */
package com.wisesync.keycloak.wisepay;
