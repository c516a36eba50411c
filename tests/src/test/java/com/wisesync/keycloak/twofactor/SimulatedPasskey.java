package com.wisesync.keycloak.twofactor;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** A passkey that Chromium simulates: it verifies the user and needs no touch. */
final class SimulatedPasskey {

    private SimulatedPasskey() {}

    /** Adds a passkey to the browser of a page. */
    static void addTo(Page page) {
        CDPSession devtools = page.context().newCDPSession(page);
        devtools.send("WebAuthn.enable");
        JsonObject key = new JsonObject();
        key.addProperty("protocol", "ctap2");
        key.addProperty("transport", "usb");
        key.addProperty("hasResidentKey", true);
        key.addProperty("hasUserVerification", true);
        key.addProperty("isUserVerified", true);
        key.addProperty("automaticPresenceSimulation", true);
        JsonObject options = new JsonObject();
        options.add("options", key);
        devtools.send("WebAuthn.addVirtualAuthenticator", options);
    }
}
