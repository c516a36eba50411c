package com.wisesync.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The examples in docs/admin-api.md work as they are. */
class AdminApiExamplesIT {

    private static final Testbed BED = Testbed.get();

    @Test
    void theExamplesWork() throws IOException, InterruptedException {
        Assumptions.assumeTrue(run("curl --version") == 0, "curl is installed");
        List<String> examples = Documents.code(Documents.at("docs/admin-api.md"), "sh");
        assertThat(examples).hasSize(5);

        String email = UUID.randomUUID() + "@acme.example";
        for (String example : examples) {
            String here = example.replace("http://localhost:8080", BED.server().url())
                    .replace("curl@acme.example", email)
                    .replace("$TOKEN", BED.serviceToken());
            assertThat(run(here)).as(example).isZero();
        }

        assertThat(new ObjectMapper()
                        .readTree(BED.serviceApi()
                                .get("/accounts/" + DemoAccounts.ACME + "/users?search=" + email)
                                .text())
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        BED.realm()
                .users()
                .delete(BED.realm().users().searchByEmail(email, true).get(0).getId())
                .close();
    }

    private static int run(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
        return shell.exitValue();
    }
}
