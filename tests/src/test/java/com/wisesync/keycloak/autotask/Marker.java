package com.wisesync.keycloak.autotask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** A password to search for: as it is, and within longer Base64 or hexadecimal text. */
record Marker(String password) {

    static Marker random() {
        return new Marker("marker-" + UUID.randomUUID());
    }

    boolean isIn(String text) {
        return forms().stream().anyMatch(text::contains);
    }

    private List<String> forms() {
        byte[] bytes = password.getBytes(UTF_8);
        List<String> forms = new ArrayList<>();
        forms.add(password);
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT));
        // Three bytes are four characters, so there are three possible offsets; characters shared with neighbours are
        // cut off.
        for (int before = 0; before < 3; before++) {
            byte[] shifted = ByteBuffer.allocate(before + bytes.length)
                    .put(before, bytes)
                    .array();
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(shifted);
            forms.add(text.substring(before == 0 ? 0 : 4, text.length() - 4));
            forms.add(forms.get(forms.size() - 1).replace('-', '+').replace('_', '/'));
        }
        return forms;
    }
}
