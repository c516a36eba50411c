/** What an attacker would try, as tests: each call by each caller, what lies in another account, odd input, planted secrets. */
package com.wisesync.keycloak.attack;
