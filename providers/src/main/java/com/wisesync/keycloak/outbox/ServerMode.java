package com.wisesync.keycloak.outbox;

import org.keycloak.common.util.Environment;

/** Whether this process is a server, or a command such as {@code kc.sh import} that ends by itself. */
public final class ServerMode {

    private static final String LAUNCH_MODE = "kc.launch.mode";

    private ServerMode() {}

    /**
     * Commands start the whole server, publish the same events and exit. They must not deliver anything: an export of a backup
     * would send what its database contains. {@code export}, {@code import} and {@code bootstrap-admin} run in the profile
     * {@code nonserver} (AbstractNonServerCommand of keycloak-quarkus-server 26.7.5); a server that only starts and exits has a
     * launch mode that begins with {@code exit}.
     */
    public static boolean isServing() {
        return !Environment.isNonServerMode()
                && !System.getProperty(LAUNCH_MODE, "").startsWith("exit");
    }
}
