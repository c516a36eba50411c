package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.House;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** That the examples of the README do what it says, as they stand there. */
class ReadmeIT {

    private static final Testbed BED = Testbed.get();
    private static final Pattern EXAMPLE = Pattern.compile("```sh\\R(.*?)\\R```", Pattern.DOTALL);

    @Test
    void itsExamplesWork() throws IOException, InterruptedException {
        Assumptions.assumeTrue(run("curl --version") == 0, "curl is there");
        List<String> examples = EXAMPLE.matcher(Files.readString(House.root().resolve("providers/README.md")))
                .results()
                .map(example -> example.group(1))
                .filter(example -> example.contains("curl "))
                .toList();
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
