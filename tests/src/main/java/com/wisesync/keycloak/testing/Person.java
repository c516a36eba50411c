package com.wisesync.keycloak.testing;

import java.util.UUID;

/** A user who can log in. The constants are users of the demo realm. */
public record Person(String id, String username, String password) {

    public static final String DEMO_PASSWORD = "wise-sync";

    public static final Person ADA = demo(1, "ada@acme.example");
    public static final Person UMA = demo(2, "uma@acme.example");
    public static final Person GUS = demo(3, "gus@globex.example");
    public static final Person MIA = demo(4, "mia@acme.example");
    public static final Person SAM = demo(5, "sam@wise-sync.example");

    /** An address that no user has. */
    public static String newAddress() {
        return UUID.randomUUID() + "@test.example";
    }

    private static Person demo(int number, String username) {
        return new Person("11111111-0000-4000-8000-%012d".formatted(number), username, DEMO_PASSWORD);
    }
}
