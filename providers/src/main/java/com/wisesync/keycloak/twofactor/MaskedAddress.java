package com.wisesync.keycloak.twofactor;

/** Enough of an address to know which mailbox to open, for somebody who has it; not enough to learn it. */
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
