package com.wisesync.keycloak.outbox;

/** Whether this process is a server, or a command such as {@code kc.sh import} that ends by itself. */
public final class ServerMode {

    private static final String LAUNCH_MODE = "kc.launch.mode";

    private ServerMode() {}

    /**
     * Commands start the whole server, publish the same events and exit. They must not deliver anything: an export of a backup
     * would send what its database contains. They set a launch mode that begins with {@code exit} (Environment of
     * keycloak-quarkus-server 26.7.5).
     */
    public static boolean isServing() {
        return !System.getProperty(LAUNCH_MODE, "").startsWith("exit");
    }
}
