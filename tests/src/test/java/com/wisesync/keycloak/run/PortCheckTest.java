package com.wisesync.keycloak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Ports;
import com.wisesync.keycloak.testing.SourceTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

/** {@code mvn -Prun} finds a taken port before it builds anything. */
class PortCheckTest {

    @Test
    void aTakenPortIsReportedBeforeTheBuild() throws IOException, InterruptedException {
        int free = Ports.free();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = check(free, taken.getLocalPort());

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output())
                    .contains("Port %d is taken; choose another one with -Dmail.port=".formatted(taken.getLocalPort()))
                    .doesNotContain(String.valueOf(free));
        }
        assertThat(check(free, Ports.free()).exitCode()).isZero();
    }

    /** Runs the command of the parent POM, with other ports. */
    private static Result check(int http, int mail) throws IOException, InterruptedException {
        Element execution = Jsoup.parse(Files.readString(SourceTree.root().resolve("pom.xml")), "", Parser.xmlParser())
                .selectXpath("//profile[id='run']//execution[id='ports']")
                .get(0);
        assertThat(execution.selectXpath("phase").text()).isEqualTo("validate");
        List<String> command = new ArrayList<>();
        command.add(filled(execution.selectXpath("configuration/executable").text(), http, mail));
        execution
                .selectXpath("configuration/arguments/argument")
                .forEach(argument -> command.add(filled(argument.text(), http, mail)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        return new Result(process.waitFor(), output);
    }

    private static String filled(String text, int http, int mail) {
        return text.replace("${java.home}", System.getProperty("java.home"))
                .replace(
                        "${maven.multiModuleProjectDirectory}",
                        SourceTree.root().toString())
                .replace("${http.port}", String.valueOf(http))
                .replace("${mail.port}", String.valueOf(mail))
                .replace("${wise-pay.port}", String.valueOf(Ports.free()));
    }

    private record Result(int exitCode, String output) {}
}
