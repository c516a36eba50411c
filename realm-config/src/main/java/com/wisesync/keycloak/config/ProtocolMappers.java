package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Compares the protocol mappers of one client or client scope.
 *
 * @param owner the client or scope, as an item of the diff
 * @param path the owner's path in {@code ownership.yaml}
 * @param values decides which values are changed
 * @param create creates a mapper
 * @param update updates the mapper with the id
 */
record ProtocolMappers(
        String owner,
        String path,
        ManagedValues values,
        Consumer<JsonNode> create,
        BiConsumer<String, JsonNode> update) {

    static final String FIELD = "protocolMappers";

    Stream<RealmChange> changes(JsonNode present, JsonNode wanted) {
        return JsonTrees.objects(wanted).flatMap(mapper -> {
            String name = mapper.path("name").asText();
            String item = "%s, mapper %s".formatted(owner, name);
            Optional<ObjectNode> existing = JsonTrees.find(present, "name", name);
            if (existing.isEmpty()) {
                return Stream.of(RealmChange.of(item, "+ new", () -> create.accept(values.initial(mapper))));
            }
            ObjectNode changed = existing.get().deepCopy();
            List<String> lines = values.overlay("%s/%s/%s".formatted(path, FIELD, name), changed, mapper);
            return lines.isEmpty()
                    ? Stream.empty()
                    : Stream.of(RealmChange.of(
                            item, lines, () -> update.accept(changed.path("id").asText(), changed)));
        });
    }
}
