package com.wisesync.keycloak.scim;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.utils.JsonUtils;
import com.wisesync.keycloak.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads bodies. Names of attributes are compared in any case (RFC 7643, section 2.1), which the SDK's objects do. */
final class ScimJson {

    private static final int MAX_BYTES = 1_000_000;

    private ScimJson() {}

    /** @throws ScimErrorException if the body is not a JSON object; says nothing about the content, which may hold a password */
    static ObjectNode read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Refusal.of(Refusal.Kind.TOO_LARGE, "wiseSyncBodyTooLarge");
            }
            JsonNode node = JsonUtils.getObjectReader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readTree(bytes);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw notJson();
        } catch (JsonProcessingException e) {
            throw notJson();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScimErrorException notJson() {
        return ScimError.bad(BadRequestException.INVALID_SYNTAX, null, "wiseSyncScimBodyNotJson");
    }
}
