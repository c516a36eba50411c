package com.wisesync.keycloak.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** The demo's mailbox answers as real mail servers do. */
class MailboxTest {

    @Test
    void rejectsAndDefersRecipients() throws IOException {
        try (Mailbox mailbox = Mailbox.startLocal();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), mailbox.port());
                BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                OutputStream commands = socket.getOutputStream()) {
            assertThat(answers.readLine()).startsWith("220");
            assertThat(answer("HELO localhost", commands, answers)).startsWith("250");
            assertThat(answer("MAIL FROM:<no-reply@wise-sync.example>", commands, answers))
                    .startsWith("250");

            assertThat(answer("RCPT TO:<ann@refused.example>", commands, answers))
                    .startsWith("550 5.1.1");
            assertThat(answer("RCPT TO:<ann@later.example>", commands, answers)).startsWith("451 4.3.0");
            assertThat(answer("RCPT TO:<ann@acme.example>", commands, answers)).startsWith("250");
            assertThat(mailbox.all()).isEmpty();
        }
    }

    private static String answer(String command, OutputStream commands, BufferedReader answers) throws IOException {
        commands.write((command + "\r\n").getBytes(US_ASCII));
        commands.flush();
        return answers.readLine();
    }
}
