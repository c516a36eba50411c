package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.outbox.DeliveryResult;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.keycloak.email.EmailException;

/**
 * Distinguishes permanent failures from those worth another attempt. Only the mail server's reply code decides (RFC 5321,
 * 4.2.1): 5yz about the recipient or the message is permanent; 4yz, and everything that happens before a reply, is not. The
 * reply's text is not kept: it may contain host names and addresses.
 */
final class SmtpFailure {

    /** The mail server rejected the address. */
    static final String REJECTED = "rejected";

    /** The mail server could not be reached, or asked to try again later. */
    static final String UNAVAILABLE = "unavailable";

    private static final int MAX_DEPTH = 20;

    private SmtpFailure() {}

    static DeliveryResult resultOf(EmailException failure) {
        return isPermanent(failure) ? DeliveryResult.deadLetter(REJECTED) : DeliveryResult.retry(UNAVAILABLE);
    }

    private static boolean isPermanent(EmailException failure) {
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            Optional<Integer> code = replyCode(cause);
            if (code.isPresent()) {
                return code.get() / 100 == 5;
            }
            if (cause instanceof AddressException) {
                return true;
            }
            cause = cause instanceof MessagingException messaging && messaging.getNextException() != null
                    ? messaging.getNextException()
                    : cause.getCause();
        }
        return false;
    }

    private static Optional<Integer> replyCode(Throwable cause) {
        if (cause instanceof SMTPAddressFailedException address) {
            return Optional.of(address.getReturnCode());
        }
        // After MAIL FROM or DATA. Without a recipient's reply inside it is about the message or the sender.
        return cause instanceof SMTPSendFailedException send && send.getNextException() == null
                ? Optional.of(send.getReturnCode())
                : Optional.empty();
    }
}
