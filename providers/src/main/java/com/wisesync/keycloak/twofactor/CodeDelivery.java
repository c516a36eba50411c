package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.mail.CodeEmail;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Sends emailed codes after the transaction of the login, so that a hung mail server holds no database connection and no lock.
 *
 * <p>The email is sent in the login's own request, once its transaction has committed
 * (DefaultKeycloakTransactionManager.commit runs "after completion" last; TransactionalSessionHandler commits before the
 * response is written, 26.7). The response is a redirect to the same step, which then reads the outcome. Only this login waits
 * for the mail server. At most {@value #MAX_CONCURRENT} requests of a node wait at the same time: further logins are refused
 * immediately, and other requests keep their threads.
 */
final class CodeDelivery {

    /** A third of the smallest pool of request threads that Keycloak starts with (50). */
    static final int MAX_CONCURRENT = 16;

    private static final Logger LOG = Logger.getLogger(CodeDelivery.class);
    private static final Semaphore FREE = new Semaphore(MAX_CONCURRENT);
    private static final String PREFIX = "wise-sync.code.delivery.";
    private static final String SENT = "sent";

    private final KeycloakSession session;

    CodeDelivery(KeycloakSession session) {
        this.session = session;
    }

    /** Reserves one of the concurrent deliveries. The caller must then call {@link #sendAfterCommit} or {@link #cancel}. */
    boolean tryReserve() {
        return FREE.tryAcquire();
    }

    void cancel() {
        FREE.release();
    }

    /**
     * Sends the email after the commit and stores the outcome.
     *
     * @param id of the code
     * @param seconds how long the outcome can be read
     * @param onFailure runs if the email was not sent, also after a rollback
     */
    void sendAfterCommit(String id, CodeEmail.Prepared email, long seconds, Runnable onFailure) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                try {
                    boolean sent = send(id, email);
                    store(id, seconds, sent);
                    if (!sent) {
                        onFailure.run();
                    }
                } finally {
                    FREE.release();
                }
            }

            @Override
            protected void rollbackImpl() {
                FREE.release();
                onFailure.run();
            }
        });
    }

    private static boolean send(String id, CodeEmail.Prepared email) {
        try {
            email.send();
            return true;
        } catch (EmailException | RuntimeException e) {
            LOG.warnf(e, "The email with code '%s' could not be sent", id);
            return false;
        }
    }

    private void store(String id, long seconds, boolean sent) {
        KeycloakModelUtils.runJobInTransaction(
                session.getKeycloakSessionFactory(),
                own -> own.singleUseObjects().put(PREFIX + id, seconds, Map.of(SENT, String.valueOf(sent))));
    }

    /** Returns whether the email with this code was sent, or empty while it is being sent. Each outcome is returned once. */
    Optional<Boolean> takeOutcome(String id) {
        return Optional.ofNullable(session.singleUseObjects().remove(PREFIX + id))
                .map(outcome -> Boolean.parseBoolean(outcome.get(SENT)));
    }
}
