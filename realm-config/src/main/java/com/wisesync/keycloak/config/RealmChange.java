package com.wisesync.keycloak.config;

import java.util.List;

/**
 * One difference between the realm and the files.
 *
 * @param item what differs, for example {@code client wise-pay}
 * @param lines the difference, each line with {@code -}, {@code +} or, for a remark, {@code !} in front
 * @param make removes the difference; does nothing for a remark
 * @param remark whether this is only reported, because {@code apply} cannot or must not change it
 */
record RealmChange(String item, List<String> lines, Runnable make, boolean remark) {

    RealmChange {
        lines = List.copyOf(lines);
    }

    static RealmChange of(String item, List<String> lines, Runnable make) {
        return new RealmChange(item, lines, make, false);
    }

    static RealmChange of(String item, String line, Runnable make) {
        return of(item, List.of(line), make);
    }

    static RealmChange remark(String item, String text) {
        return new RealmChange(item, List.of("! " + text), () -> {}, true);
    }

    /** The change as a part of a unified diff. */
    String text() {
        return "@@ " + item + " @@\n" + String.join("\n", lines);
    }

    @Override
    public String toString() {
        return text();
    }
}
