/** Attacks as tests: each call by each caller, objects of another account, odd input, planted secrets. */
package com.wisesync.keycloak.attack;
