package com.wisesync.keycloak.admin;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** What every resource of one request shares. */
final class Request {

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
            caller = new Caller(session, realm, Credentials.of(session, realm, auth));
        }
        return caller;
    }

    Texts texts() {
        return new Texts(session, auth.getUser());
    }

    AuditTrail audit() {
        return new AuditTrail(events);
    }
}
