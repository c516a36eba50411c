package com.wisesync.keycloak.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the realms that {@code kc.sh start --import-realm} imports, one for production and one for the demo. Runs in the
 * build.
 */
public final class WriteRealm {

    private WriteRealm() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        write(directory.resolve("production"), RealmFiles.json(RealmFiles.production()));
        write(directory.resolve("demo"), RealmFiles.json(RealmFiles.withDemo()));
    }

    private static void write(Path directory, String json) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("wise-sync-realm.json"), json + "\n");
    }
}
