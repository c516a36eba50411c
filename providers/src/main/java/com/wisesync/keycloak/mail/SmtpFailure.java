package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.outbox.DeliveryResult;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.keycloak.email.EmailException;
import org.keycloak.utils.EmailValidationUtil;

/**
 * Distinguishes permanent failures from those worth another attempt. A failure is permanent if it is about this email: the
 * server rejects the recipient (reply to {@code RCPT TO}) or the message (reply to {@code DATA} and to its end), or the
 * recipient's address is invalid. Everything else is tried again: what happens before a reply, 4yz, and what our own
 * configuration causes, such as a missing login, missing TLS or a wrong sender. The reply's text is not kept: it may contain
 * host names and addresses.
 */
final class SmtpFailure {

    /** The mail server rejected the address or the message. */
    static final String REJECTED = "rejected";

    /** The mail server could not be reached, did not accept our login or sender, or asked to try again later. */
    static final String UNAVAILABLE = "unavailable";

    private static final int MAX_DEPTH = 20;

    /** The commands whose replies are about the message: DATA and the dot at its end (SMTPTransport of Angus Mail 2.0.5). */
    private static final Set<String> ABOUT_MESSAGE = Set.of("DATA", ".");

    /**
     * Replies to {@code RCPT TO} that are not about the recipient: an unknown or unexpected command, such as one before the login
     * (RFC 5321, 4.2.2), and a login or an encryption that is missing or refused (RFC 4954, 6; RFC 5248, 2.4).
     */
    private static final Set<Integer> ABOUT_CONNECTION = Set.of(500, 502, 503, 504, 523, 524, 525, 530, 534, 535, 538);

    /** Policy, as some servers shorten 5.7.z. */
    private static final int ABOUT_POLICY = 57;

    /**
     * Enhanced codes (RFC 3463) that are not about the recipient: a bad sender (5.1.7, 5.1.8), and security or policy (5.7.x),
     * such as a refused relay. Servers that check sender and login late answer so to {@code RCPT TO}.
     */
    private static final Pattern NOT_ABOUT_RECIPIENT = Pattern.compile("\\d{3}[ -]5\\.(1\\.[78]|7\\.\\d{1,3})\\b");

    private SmtpFailure() {}

    /**
     * How the attempt ended.
     *
     * @param recipient the address to which the email was sent
     */
    static DeliveryResult resultOf(EmailException failure, String recipient) {
        return isPermanent(failure, recipient)
                ? DeliveryResult.deadLetter(REJECTED)
                : DeliveryResult.retry(UNAVAILABLE);
    }

    private static boolean isPermanent(EmailException failure, String recipient) {
        // Keycloak reports an invalid recipient, sender and reply-to address alike (DefaultEmailSenderProvider, 26.7).
        if (!isAddress(recipient)) {
            return true;
        }
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof SMTPAddressFailedException address) {
                return rejectsRecipient(address);
            }
            // With the reply to a recipient inside, that reply decides.
            if (cause instanceof SMTPSendFailedException send && send.getNextException() == null) {
                return send.getReturnCode() / 100 == 5 && ABOUT_MESSAGE.contains(send.getCommand());
            }
            cause = cause instanceof MessagingException messaging && messaging.getNextException() != null
                    ? messaging.getNextException()
                    : cause.getCause();
        }
        return false;
    }

    /** Such as 550 and 501, or 521 and 556 of a domain that accepts no email (RFC 7504). */
    private static boolean rejectsRecipient(SMTPAddressFailedException reply) {
        int code = reply.getReturnCode();
        return code / 100 == 5
                && code / 10 != ABOUT_POLICY
                && !ABOUT_CONNECTION.contains(code)
                && !NOT_ABOUT_RECIPIENT
                        .matcher(String.valueOf(reply.getMessage()))
                        .lookingAt();
    }

    private static boolean isAddress(String address) {
        if (!EmailValidationUtil.isValidEmail(address)) {
            return false;
        }
        try {
            return !new InternetAddress(address).getAddress().isEmpty();
        } catch (AddressException e) {
            return false;
        }
    }
}
