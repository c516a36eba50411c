package com.wisesync.keycloak.testing;

import java.util.Map;

/** The secrets of the demo realm, by the names of their files in a Vault folder: realm, underscore, key. */
public final class DemoVault {

    /** What Wise-Pay's simulator wants to see in the Authorization header. */
    public static final String WISE_PAY_API_KEY = "demo-key";

    /** What deactivations are signed with; the part behind the prefix is Base64, as Standard Webhooks has it. */
    public static final String WISE_PAY_WEBHOOK_SECRET = "whsec_ZGVtby1vbmx5LXdpc2UtcGF5LXdlYmhvb2sta2V5ISE=";

    /** What lifecycle events of both applications are signed with. */
    public static final String LIFECYCLE_SECRET = "whsec_ZGVtby1vbmx5LWxpZmVjeWNsZS1ldmVudHMtMSE=";

    /** What Autotask passwords are encrypted with: 32 bytes, as Base64. */
    public static final String AUTOTASK_KEY = "ZGVtby1vbmx5LWF1dG90YXNrLWtleS0zMi1ieXRlcyE=";

    /** The files and what is in them. */
    public static final Map<String, String> FILES = Map.of(
            "wise-sync_autotask-key", AUTOTASK_KEY,
            "wise-sync_lifecycle-wise-sync-app", LIFECYCLE_SECRET,
            "wise-sync_lifecycle-wise-pay", LIFECYCLE_SECRET,
            "wise-sync_wise-pay-api-key", WISE_PAY_API_KEY,
            "wise-sync_wise-pay-webhook-secret", WISE_PAY_WEBHOOK_SECRET);

    private DemoVault() {}
}
