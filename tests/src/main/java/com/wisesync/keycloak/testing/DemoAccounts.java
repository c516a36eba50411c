package com.wisesync.keycloak.testing;

/** The accounts of the demo realm. */
public final class DemoAccounts {

    /** Acme MSP, companies {@code acme-au} and {@code acme-us}. */
    public static final String ACME = "22222222-0000-4000-8000-000000000001";

    /** Globex IT, company {@code globex}. */
    public static final String GLOBEX = "22222222-0000-4000-8000-000000000002";

    private DemoAccounts() {}
}
