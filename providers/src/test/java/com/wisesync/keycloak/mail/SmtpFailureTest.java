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
import org.junit.jupiter.api.Test;
import org.keycloak.email.EmailException;

class SmtpFailureTest {

    @Test
    void anAddressThatTheServerRejectsIsADeadLetterWithoutTheServersText() throws AddressException {
        DeliveryResult result = SmtpFailure.resultOf(failure(recipient(550)));

        assertThat(result.outcome()).isEqualTo(Outcome.DEAD_LETTER);
        assertThat(result.error()).isEqualTo("rejected");
    }

    @Test
    void anInvalidAddressIsADeadLetter() {
        assertThat(SmtpFailure.resultOf(failure(new AddressException("Missing domain")))
                        .outcome())
                .isEqualTo(Outcome.DEAD_LETTER);
    }

    @Test
    void aDeferredAddressIsTriedAgain() throws AddressException {
        DeliveryResult result = SmtpFailure.resultOf(failure(recipient(451)));

        assertThat(result.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(result.error()).isEqualTo("unavailable");
    }

    @Test
    void anUnreachableServerIsTriedAgain() {
        Exception refused = new MessagingException("Couldn't connect", new ConnectException("Connection refused"));

        assertThat(SmtpFailure.resultOf(failure(refused)).outcome()).isEqualTo(Outcome.RETRY);
    }

    private static SendFailedException recipient(int code) throws AddressException {
        return new SendFailedException(
                "Invalid Addresses",
                new SMTPAddressFailedException(
                        new InternetAddress("a@refused.example"), "RCPT TO", code, code + " mail.internal.example"));
    }

    private static EmailException failure(Exception cause) {
        return new EmailException("Error when attempting to send the email", cause);
    }
}
