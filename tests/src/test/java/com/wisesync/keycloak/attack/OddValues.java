package com.wisesync.keycloak.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Invalid and unusual input of clients: the "Input" section of docs/security-cases.md. */
final class OddValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final List<String> TEXTS = List.of(
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
            "x".repeat(245) + "@test.example",
            "\"><script>alert(1)</script>",
            "${7*7}#{7*7}{{7*7}}<#assign x=1>",
            "${vault.wise-pay-api-key}",
            "=HYPERLINK(\"http://localhost\")",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "'; drop table user_entity; --",
            "%00%0a../../..",
            "../../../users",
            "account-admin",
            "support",
            "realm-management",
            "-1",
            "2147483648",
            "9".repeat(40));

    private OddValues() {}

    static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.of(TEXTS),
                Arbitraries.of(TEXTS),
                Arbitraries.strings().ofMaxLength(300));
    }

    static Arbitrary<JsonNode> any() {
        return Arbitraries.oneOf(
                text().map(JSON::textNode),
                text().map(JSON::textNode),
                Arbitraries.longs().map(JSON::numberNode),
                text().list().ofMaxSize(3).map(texts -> {
                    var array = JSON.arrayNode();
                    texts.forEach(array::add);
                    return array.addNull();
                }),
                Arbitraries.of(
                        JSON.nullNode(),
                        JSON.numberNode(-0.5),
                        JSON.booleanNode(true),
                        JSON.arrayNode(),
                        JSON.objectNode(),
                        deep()));
    }

    /** Bodies that are invalid as a whole. */
    static Arbitrary<String> body() {
        return Arbitraries.of(
                "",
                "null",
                "[]",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"" + "x".repeat(1_100_000) + "\"}",
                "[".repeat(5_000),
                "{\"name\":",
                "role,companies\nuser");
    }

    private static JsonNode deep() {
        ObjectNode outer = JSON.objectNode();
        ObjectNode inner = outer;
        for (int i = 0; i < 200; i++) {
            inner = inner.putObject("a");
        }
        return outer;
    }
}
