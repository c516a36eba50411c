package com.wisesync.keycloak.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** What clients send and should not. */
final class OddValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            " leading and trailing ",
            "a\u0000b",
            "a\u0007\u001b[31mb",
            "line\r\nbreak: x",
            "\u202etxt.exe",
            "\u0430dmin@acme.example",
            "UMA@ACME.EXAMPLE",
            "uma@acme.example ",
            "\uff55ma@acme.example",
            "\ud83d\ude00@emoji.example",
            "\ud800",
            "x".repeat(255),
            "x".repeat(256),
            "x".repeat(65_536),
            "\"><script>alert(1)</script>",
            "${7*7}#{7*7}{{7*7}}",
            "${vault.wise-pay-api-key}",
            "=HYPERLINK(\"http://localhost\")",
            "'; drop table user_entity; --",
            "%00%0a../../..",
            "../../../users",
            "account-admin",
            "support",
            "-1",
            "2147483648",
            "9".repeat(40));

    private final Random random;

    OddValues(Random random) {
        this.random = random;
    }

    String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    JsonNode any() {
        return switch (random.nextInt(12)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(random.nextLong());
            case 2 -> JSON.numberNode(-0.5);
            case 3 -> JSON.booleanNode(random.nextBoolean());
            case 4 -> JSON.arrayNode();
            case 5 -> JSON.arrayNode().add(text()).addNull();
            case 6 -> JSON.objectNode();
            case 7 -> deep();
            default -> JSON.textNode(text());
        };
    }

    /** Bodies that are odd as a whole. */
    String body() {
        return switch (random.nextInt(7)) {
            case 0 -> "";
            case 1 -> "null";
            case 2 -> "[]";
            case 3 -> "{\"name\":\"a\",\"name\":\"b\"}";
            case 4 -> "{\"name\":\"" + "x".repeat(1_100_000) + "\"}";
            case 5 -> "[".repeat(5_000);
            default -> "{\"name\":";
        };
    }

    private JsonNode deep() {
        ObjectNode outer = JSON.objectNode();
        ObjectNode inner = outer;
        for (int i = 0; i < 200; i++) {
            inner = inner.putObject("a");
        }
        return outer;
    }
}
