package com.wisesync.keycloak.simulator;

/** A way for payers to pay that runs in a user's name. */
public record Link(String id, String user, String kind, String type, String name, String status) {

    public static final String ACTIVE = "active";
    public static final String INACTIVE = "inactive";

    public static Link proxy(String id, String user, String name) {
        return new Link(id, user, "proxy", "Xero", name, ACTIVE);
    }

    public static Link payNow(String id, String user, String name) {
        return new Link(id, user, "paynow-link", "Quick Link", name, ACTIVE);
    }

    public static Link email(String id, String user, String name) {
        return new Link(id, user, "email-link", "Event Notification", name, ACTIVE);
    }

    public boolean active() {
        return status.equals(ACTIVE);
    }

    Link deactivated() {
        return new Link(id, user, kind, type, name, INACTIVE);
    }
}
