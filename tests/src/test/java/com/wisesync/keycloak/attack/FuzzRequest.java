package com.wisesync.keycloak.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A call as the OpenAPI file describes it, with odd values in some places.
 *
 * @param staff whether a staff service calls, otherwise the account-admin
 * @param abroad whether it names the other account; never for staff
 * @param user selects one of the users that exist when it is sent
 * @param odd invalid parts of the path by their names
 */
record FuzzRequest(
        Operation operation,
        boolean staff,
        boolean abroad,
        int user,
        Map<String, String> odd,
        String query,
        Optional<String> ifMatch,
        String body) {

    /** The server itself refuses longer requests; they never reach the extension. */
    private static final int LONGEST = 2_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static Arbitrary<FuzzRequest> any() {
        return Arbitraries.oneOf(Operation.all().stream().map(FuzzRequest::of).toList());
    }

    String path(String account, String user) {
        String path = operation.path();
        for (Map.Entry<String, String> part : odd.entrySet()) {
            path = path.replace(part.getKey(), encoded(part.getValue()));
        }
        return path.replace("{account}", account).replace("{user}", user) + query;
    }

    String type() {
        return operation.id().equals("importUsers") ? "text/csv" : "application/json";
    }

    private static Arbitrary<FuzzRequest> of(Operation operation) {
        return Combinators.combine(
                        rarely(4),
                        rarely(3),
                        Arbitraries.integers().between(0, 1_000),
                        odd(operation),
                        query(operation),
                        sometimes(20, OddValues.text().filter(FuzzRequest::fitsAHeader)),
                        body(operation))
                .as((staff, abroad, user, odd, query, ifMatch, body) ->
                        new FuzzRequest(operation, staff, abroad && !staff, user, odd, query, ifMatch, body));
    }

    private static Arbitrary<Map<String, String>> odd(Operation operation) {
        return Combinators.combine(
                        sometimes(15, OddValues.text()),
                        sometimes(15, OddValues.text()),
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.of("three", "four")), Tuple.of(1, OddValues.text())),
                        OddValues.text())
                .as((account, user, company, deactivation) -> {
                    Map<String, String> odd = new LinkedHashMap<>();
                    account.ifPresent(text -> odd.put("{account}", fitting(text)));
                    user.ifPresent(text -> odd.put("{user}", fitting(text)));
                    odd.put("{company}", fitting(company));
                    odd.put("{deactivation}", fitting(deactivation));
                    odd.put("{import}", fitting(deactivation));
                    odd.put("{token}", fitting(deactivation));
                    odd.put("{client}", fitting(deactivation));
                    odd.keySet().removeIf(name -> !operation.path().contains(name));
                    return odd;
                });
    }

    private static Arbitrary<String> query(Operation operation) {
        List<Arbitrary<String>> parts = new ArrayList<>();
        for (String name : operation.queries()) {
            Arbitrary<String> right = Arbitraries.of("true", "user", "one", "1", "waiting", "fuzz");
            parts.add(sometimes(3, Arbitraries.oneOf(right, OddValues.text()))
                    .map(value -> value.map(text -> name + "=" + encoded(fitting(text)))
                            .orElse("")));
        }
        return Combinators.combine(parts)
                .as(all -> all.stream()
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("&", "?", ""))
                        .replaceAll("^\\?$", ""));
    }

    private static Arbitrary<String> body(Operation operation) {
        if (operation.id().equals("importUsers")) {
            return Arbitraries.frequencyOf(Tuple.of(9, csv()), Tuple.of(1, OddValues.body()));
        }
        Map<String, JsonNode> fields = operation.fields();
        if (fields.isEmpty()) {
            return Arbitraries.just(null);
        }
        List<Arbitrary<ObjectNode>> parts = new ArrayList<>();
        fields.forEach((name, type) -> parts.add(field(
                name,
                Arbitraries.frequencyOf(
                        Tuple.of(14, right(name, type).map(Optional::of)),
                        Tuple.of(3, OddValues.any().map(Optional::of)),
                        Tuple.of(name.equals("id") ? 30 : 2, Arbitraries.just(Optional.empty()))))));
        parts.add(field("unknown", sometimes(20, OddValues.any())));
        Arbitrary<String> object = Combinators.combine(parts).as(all -> {
            ObjectNode body = JSON.objectNode();
            all.forEach(body::setAll);
            return body.toString();
        });
        return Arbitraries.frequencyOf(Tuple.of(19, object), Tuple.of(1, OddValues.body()));
    }

    private static Arbitrary<ObjectNode> field(String name, Arbitrary<Optional<JsonNode>> value) {
        return value.map(present -> {
            ObjectNode body = JSON.objectNode();
            present.ifPresent(node -> body.set(name, node));
            return body;
        });
    }

    private static Arbitrary<JsonNode> right(String name, JsonNode type) {
        if (type.has("enum")) {
            List<JsonNode> choices = new ArrayList<>();
            type.path("enum").forEach(choices::add);
            return Arbitraries.of(choices);
        }
        return switch (type.path("type").asText()) {
            case "array" ->
                Arbitraries.of("one", "two").map(company -> JSON.arrayNode().add(company));
            case "boolean" -> Arbitraries.of(true, false).map(JSON::booleanNode);
            default ->
                Arbitraries.integers()
                        .between(0, 1_000_000)
                        .map(number -> "email".equals(type.path("format").asText())
                                ? "fuzz-" + number + "@test.example"
                                : name + number)
                        .map(JSON::textNode);
        };
    }

    private static Arbitrary<String> csv() {
        Arbitrary<String> row = Combinators.combine(
                        cell("user"),
                        cell("one"),
                        cell("First"),
                        cell("Last"),
                        Arbitraries.integers().between(0, 1_000_000))
                .as((role, companies, first, last, number) ->
                        String.join(",", role, companies, first, last, "csv-" + number + "@test.example"));
        return row.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(rows -> "role,companies,firstName,lastName,email\n" + String.join("\n", rows));
    }

    private static Arbitrary<String> cell(String right) {
        return Arbitraries.frequencyOf(
                        Tuple.of(14, Arbitraries.just(right)),
                        Tuple.of(1, OddValues.text().filter(text -> text.length() < 1_000)))
                .map(text -> '"' + text.replace("\"", "\"\"") + '"');
    }

    private static <T> Arbitrary<Optional<T>> sometimes(int oneIn, Arbitrary<T> value) {
        return Arbitraries.frequencyOf(
                Tuple.of(oneIn - 1, Arbitraries.just(Optional.empty())), Tuple.of(1, value.map(Optional::of)));
    }

    private static Arbitrary<Boolean> rarely(int oneIn) {
        return Arbitraries.frequency(Tuple.of(oneIn - 1, false), Tuple.of(1, true));
    }

    private static boolean fitsAHeader(String text) {
        return text.length() < LONGEST && text.chars().allMatch(c -> c > 31 && c < 127);
    }

    /** The text, or another that is valid in an address. */
    private static String fitting(String text) {
        String encoded = encoded(text);
        return encoded.isBlank() || encoded.length() > LONGEST || encoded.matches("\\.+") ? "odd" : text;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
