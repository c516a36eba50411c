package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import jakarta.persistence.PersistenceException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** What every resource of one request shares. */
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

    /** @throws com.wisesync.keycloak.Refusal when nothing here is for them */
    Caller caller() {
        if (caller == null) {
            caller = new Caller(session, realm, CallerToken.of(session, realm, auth));
        }
        return caller;
    }

    Texts texts() {
        return new Texts(session, auth.getUser());
    }

    AuditTrail audit() {
        return new AuditTrail(events);
    }

    /**
     * Makes a change and commits it before it is answered, as stock UserResource.updateUser does (26.7.4): what Wise-Pay must be told
     * is written last of all, and that it can't be could only be answered without words after that.
     */
    <T> T committed(Supplier<T> change) {
        try {
            T answer = change.get();
            session.getTransactionManager().commit();
            return answer;
        } catch (ModelException | PersistenceException e) {
            LOG.errorf(e, "Nothing is changed in realm '%s': it can't be written", realm.getName());
            throw Refusal.of(Refusal.Kind.NOT_SAVED, "wiseSyncNotSaved");
        }
    }
}
