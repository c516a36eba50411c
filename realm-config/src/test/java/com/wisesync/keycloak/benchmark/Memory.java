package com.wisesync.keycloak.benchmark;

import com.wisesync.keycloak.testing.KeycloakProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server's JVM holds: heap and everything beside it, after a full collection. */
final class Memory {

    private static final Pattern USED = Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*} ([0-9.E]+)$");

    private Memory() {}

    static double megabytes(KeycloakProcess server) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        // Twice: what the first one has finalized, the second one frees.
        for (int i = 0; i < 2; i++) {
            int status = new ProcessBuilder(jcmd, String.valueOf(server.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("jcmd GC.run failed with " + status);
            }
        }
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.managementUrl() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        double bytes = 0;
        Matcher used = USED.matcher(metrics);
        while (used.find()) {
            bytes += Double.parseDouble(used.group(1));
        }
        return bytes / (1024 * 1024);
    }
}
