package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.wisesync.keycloak.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads JSON bodies strictly: unknown fields, duplicate fields and numbers in place of strings are refused. */
final class JsonBody {

    private static final int MAX_BYTES = 1_000_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z_-]{0,31}");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(20).build());
    }

    private JsonBody() {}

    static <T> T read(InputStream body, Class<T> type) {
        try {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Refusal.of(Refusal.Kind.TOO_LARGE, "wiseSyncBodyTooLarge");
            }
            T value = bytes.length == 0 ? null : value(bytes, type);
            if (value == null) {
                throw Refusal.invalid(null, "wiseSyncBodyMissing");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw Refusal.invalid(path(e.getPath()), "wiseSyncFieldUnknown");
        } catch (JsonMappingException e) {
            throw Refusal.invalid(path(e.getPath()), "wiseSyncFieldWrong");
        } catch (JsonParseException e) {
            throw e.getOriginalMessage().startsWith("Duplicate field")
                    ? Refusal.invalid(safe(e.getProcessor().getParsingContext().getCurrentName()), "wiseSyncFieldTwice")
                    : Refusal.invalid(null, "wiseSyncBodyNotJson");
        } catch (JsonProcessingException e) {
            throw Refusal.invalid(null, "wiseSyncBodyNotJson");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names the field of a value that is nested too deep or too long, for which Jackson (2.21) reports no path. */
    private static <T> T value(byte[] bytes, Class<T> type) throws IOException {
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            try {
                return MAPPER.readValue(parser, type);
            } catch (StreamConstraintsException e) {
                throw Refusal.invalid(field(parser.getParsingContext()), "wiseSyncFieldWrong");
            }
        }
    }

    /** The name of the current field of the outermost object. */
    private static String field(JsonStreamContext here) {
        JsonStreamContext outermost = here;
        while (outermost.getParent() != null && !outermost.getParent().inRoot()) {
            outermost = outermost.getParent();
        }
        return outermost.hasCurrentName() ? safe(outermost.getCurrentName()) : null;
    }

    private static String path(List<JsonMappingException.Reference> path) {
        String field = path.stream()
                .filter(reference -> reference.getFieldName() != null)
                .map(reference -> safe(reference.getFieldName()))
                .collect(Collectors.joining("."));
        return field.isEmpty() ? null : field;
    }

    /** A faulty client may send a value, even a password, as a field name: only text that looks like a name is repeated. */
    private static String safe(String name) {
        return NAME.matcher(name).matches() ? name : "?";
    }
}
