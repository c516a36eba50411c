package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import jakarta.persistence.PersistenceException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** One request: its session, caller, texts and audit trail, which all resources share. */
final class Request {

    private static final Logger LOG = Logger.getLogger(Request.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminAuth auth;
    private final AdminEventBuilder events;
    private Caller caller;

    Request(KeycloakSession session, RealmModel realm, AdminAuth auth, AdminEventBuilder events) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.events = events;
    }

    KeycloakSession session() {
        return session;
    }

    RealmModel realm() {
        return realm;
    }

    /** @throws Refusal if no call of this API is allowed with the caller's token */
    Caller caller() {
        if (caller == null) {
            caller = new Caller(session, realm, CallerToken.read(session, realm, auth));
        }
        return caller;
    }

    Texts texts() {
        return new Texts(session, auth.getUser());
    }

    AuditTrail audit() {
        return new AuditTrail(events);
    }

    /** The same trail in another session, for work that goes on after the request was answered. */
    AuditTrail audit(KeycloakSession other) {
        return new AuditTrail(events.clone(other));
    }

    /**
     * Whether the caller prefers an answer before the work is finished (RFC 7240).
     *
     * @param prefer the {@code Prefer} header; null if it was not sent
     */
    static boolean prefersAsync(String prefer) {
        return prefer != null
                && Stream.of(prefer.split(","))
                        .map(preference -> preference.split(";", 2)[0].strip())
                        .anyMatch("respond-async"::equalsIgnoreCase);
    }

    /**
     * The versions in an {@code If-Match} header, one of which must be current for an edit to be applied. A weak ETag
     * ({@code W/"..."}) counts like a strong one: compressing proxies weaken the ETags they forward.
     *
     * @param header null if it was not sent
     * @return empty if any version is accepted; a value that is no ETag of this API matches no version
     */
    static Optional<Set<String>> versions(String header) {
        return Optional.ofNullable(header)
                .map(String::strip)
                .filter(tags -> !tags.equals("*"))
                .map(tags -> Stream.of(tags.split(","))
                        .map(tag -> tag.strip().replaceAll("^(W/)?\"|\"$", ""))
                        .collect(Collectors.toSet()));
    }

    /**
     * Makes a change and commits it before the response is sent, as the stock UserResource.updateUser does (26.7.4). The
     * message for Wise-Pay is written just before the commit, and its failure could not be reported any later.
     *
     * @throws Refusal of the kind {@code NOT_SAVED} if the change can't be written
     */
    <T> T committed(Supplier<T> change) {
        Texts.forCaller(session);
        try {
            T answer = change.get();
            session.getTransactionManager().commit();
            return answer;
        } catch (ModelException | PersistenceException e) {
            LOG.errorf(e, "A change in realm '%s' was rolled back because it could not be written", realm.getName());
            throw Refusal.of(Refusal.Kind.NOT_SAVED, "wiseSyncNotSaved");
        }
    }

    /** Which part of a list. */
    record Page(int first, int max) {

        static final String DEFAULT_MAX = "20";
        private static final int MAX = 100;

        /** Takes text, so that the error for an invalid number has the form of this API. */
        static Page of(String first, String max) {
            return new Page(number("first", first, 0, Integer.MAX_VALUE), number("max", max, 1, MAX));
        }

        private static int number(String field, String text, int min, int max) {
            try {
                int number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw Refusal.invalid(field, "wiseSyncFieldNoNumber", min, max);
            }
            throw Refusal.invalid(field, "wiseSyncFieldNoNumber", min, max);
        }
    }
}
