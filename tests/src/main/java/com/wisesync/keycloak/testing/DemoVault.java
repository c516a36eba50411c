package com.wisesync.keycloak.testing;

import java.util.Map;

/** The secrets of the demo realm by the names of their Vault files, {@code <realm>_<key>}. */
public final class DemoVault {

    /** The simulator expects this key in the Authorization header. */
    public static final String WISE_PAY_API_KEY = "demo-key";

    /** Signs deactivations; the part after the prefix is Base64, as in Standard Webhooks. */
    public static final String WISE_PAY_WEBHOOK_SECRET = "whsec_ZGVtby1vbmx5LXdpc2UtcGF5LXdlYmhvb2sta2V5ISE=";

    /** Signs the lifecycle events of both applications. */
    public static final String LIFECYCLE_SECRET = "whsec_ZGVtby1vbmx5LWxpZmVjeWNsZS1ldmVudHMtMSE=";

    /** Encrypts Autotask passwords: 32 bytes as Base64. */
    public static final String AUTOTASK_KEY = "ZGVtby1vbmx5LWF1dG90YXNrLWtleS0zMi1ieXRlcyE=";

    /** Contents by file name. */
    public static final Map<String, String> FILES = Map.of(
            "wise-sync_autotask-key", AUTOTASK_KEY,
            "wise-sync_lifecycle-wise-sync-app", LIFECYCLE_SECRET,
            "wise-sync_lifecycle-wise-pay", LIFECYCLE_SECRET,
            "wise-sync_wise-pay-api-key", WISE_PAY_API_KEY,
            "wise-sync_wise-pay-webhook-secret", WISE_PAY_WEBHOOK_SECRET);

    private DemoVault() {}
}
