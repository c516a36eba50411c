package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.DeliveryResult.Outcome;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.ConnectException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.email.EmailException;

class SmtpFailureTest {

    private static final String RECIPIENT = "a@refused.example";

    @Test
    void anAddressThatTheServerRejectsIsADeadLetterWithoutTheServersText() throws AddressException {
        DeliveryResult result = resultOf(recipient("550 5.1.1 mail.internal.example"));

        assertThat(result.outcome()).isEqualTo(Outcome.DEAD_LETTER);
        assertThat(result.error()).isEqualTo("rejected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "501 Bad address",
                "521 Host does not accept mail",
                "550 No such user",
                "553-5.1.3 Bad\r\n553 address",
                "554 5.2.1 Disabled",
                "556 5.1.10 Recipient address has null MX",
                "561 5.1.6 Mailbox moved"
            })
    void repliesAboutTheRecipientArePermanent(String reply) throws AddressException {
        assertThat(resultOf(recipient(reply)).outcome()).isEqualTo(Outcome.DEAD_LETTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATA", "."})
    void aRejectedMessageIsADeadLetter(String command) {
        assertThat(resultOf(reply(command, 554)).outcome()).isEqualTo(Outcome.DEAD_LETTER);
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 503, 530, 550, 553, 554, 571})
    void aRejectedLoginOrSenderIsTriedAgain(int code) {
        DeliveryResult result = resultOf(reply("MAIL FROM:<no-reply@wise-sync.example>", code));

        assertThat(result.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(result.error()).isEqualTo("unavailable");
    }

    /** As Angus reports replies to MAIL FROM that name the sender. */
    @Test
    void aSenderThatTheServerRejectsIsTriedAgain() throws AddressException {
        SMTPSendFailedException failed = reply("MAIL FROM:<a@b.example>", 550);
        failed.setNextException(
                new SMTPSenderFailedException(new InternetAddress("a@b.example"), "MAIL FROM", 550, "550 No"));

        assertThat(resultOf(failed).outcome()).isEqualTo(Outcome.RETRY);
    }

    /** Servers that check login and sender late. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "450 4.2.1 Mailbox busy",
                "502 5.5.1 Unknown command",
                "503 Authentication required",
                "525 5.7.13 Account disabled",
                "530 5.7.0 Must issue STARTTLS first",
                "550 5.7.1 Relaying denied",
                "550-5.7.1 Relaying\r\n550 denied",
                "553 5.7.1 Sender rejected: not owned by user",
                "535 Authentication credentials invalid",
                "554 5.7.1 Relay access denied",
                "571 Relaying denied",
                "550 5.1.8 Sender's domain not found"
            })
    void repliesAboutOurConfigurationAreTriedAgain(String reply) throws AddressException {
        assertThat(resultOf(recipient(reply)).outcome()).isEqualTo(Outcome.RETRY);
    }

    @Test
    void anInvalidAddressIsADeadLetter() {
        assertThat(SmtpFailure.resultOf(failure(new AddressException("Missing domain")), "a@")
                        .outcome())
                .isEqualTo(Outcome.DEAD_LETTER);
        assertThat(SmtpFailure.resultOf(new EmailException("Invalid address"), "a b@c.example")
                        .outcome())
                .isEqualTo(Outcome.DEAD_LETTER);
    }

    /** The realm's {@code from} or {@code replyTo}. */
    @Test
    void anInvalidSenderIsTriedAgain() {
        assertThat(resultOf(new AddressException("Missing domain")).outcome()).isEqualTo(Outcome.RETRY);
        assertThat(SmtpFailure.resultOf(new EmailException("Invalid sender address"), RECIPIENT)
                        .outcome())
                .isEqualTo(Outcome.RETRY);
    }

    @Test
    void aDeferredAddressIsTriedAgain() throws AddressException {
        DeliveryResult result = resultOf(recipient("451 4.3.0 Try again later"));

        assertThat(result.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(result.error()).isEqualTo("unavailable");
    }

    @Test
    void anUnreachableServerIsTriedAgain() {
        Exception refused = new MessagingException("Couldn't connect", new ConnectException("Connection refused"));

        assertThat(resultOf(refused).outcome()).isEqualTo(Outcome.RETRY);
    }

    private static DeliveryResult resultOf(Exception cause) {
        return SmtpFailure.resultOf(failure(cause), RECIPIENT);
    }

    private static SendFailedException recipient(String reply) throws AddressException {
        return new SendFailedException(
                "Invalid Addresses",
                new SMTPAddressFailedException(
                        new InternetAddress(RECIPIENT), "RCPT TO", Integer.parseInt(reply.substring(0, 3)), reply));
    }

    private static SMTPSendFailedException reply(String command, int code) {
        return new SMTPSendFailedException(command, code, code + " No", null, null, null, null);
    }

    private static EmailException failure(Exception cause) {
        return new EmailException("Error when attempting to send the email", cause);
    }
}
