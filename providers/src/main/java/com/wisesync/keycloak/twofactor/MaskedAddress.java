package com.wisesync.keycloak.twofactor;

/** Masks an email address: its owner recognises the mailbox, others do not learn the address. */
final class MaskedAddress {

    private static final String HIDDEN = "\u2022\u2022\u2022";

    private MaskedAddress() {}

    static String of(String address) {
        if (address == null || address.isBlank()) {
            return HIDDEN;
        }
        int at = address.lastIndexOf('@');
        String name = at < 0 ? address : address.substring(0, at);
        String first = name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1));
        return first + HIDDEN + (at < 0 ? "" : address.substring(at));
    }
}
