package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.admin.Types.Body;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonBodyTest {

    private record Body(String name, Inner inner) {}

    private record Inner(String id) {}

    @Test
    void aRepeatedFieldIsNamed() {
        assertRefused("{'name':'a','name':'b'}", "name", "wiseSyncFieldTwice");
    }

    @Test
    void aRepeatedFieldIsNotQuotedIfItIsNotAName() {
        assertRefused("{'p4ss word':1,'p4ss word':1}", "?", "wiseSyncFieldTwice");
    }

    @Test
    void anUnknownFieldIsNamed() {
        assertRefused("{'groups':[]}", "groups", "wiseSyncFieldUnknown");
        assertRefused("{'inner':{'realm-role':1}}", "inner.realm-role", "wiseSyncFieldUnknown");
    }

    @Test
    void aPasswordInPlaceOfAFieldNameIsNotQuoted() {
        assertRefused("{'Hunter2!':''}", "?", "wiseSyncFieldUnknown");
        assertRefused("{'inner':{'correct horse battery':''}}", "inner.?", "wiseSyncFieldUnknown");
        assertRefused("{'" + "x".repeat(33) + "':''}", "?", "wiseSyncFieldUnknown");
    }

    @Test
    void invalidJsonNamesNoField() {
        assertRefused("{'name':", null, "wiseSyncBodyNotJson");
        assertRefused("name", null, "wiseSyncBodyNotJson");
    }

    @Test
    void aFieldWhoseValueIsTooDeepOrTooLongIsNamed() {
        String deep = "{'a':".repeat(200) + "1" + "}".repeat(200);
        assertRefused("{'name':'a','unknown':" + deep + "}", "unknown", "wiseSyncFieldWrong");
        assertRefused("{'name':'a','p4ss word':" + deep + "}", "?", "wiseSyncFieldWrong");
        assertRefused("{'unknown':" + "9".repeat(2_000) + "}", "unknown", "wiseSyncFieldWrong");
    }

    private static void assertRefused(String body, String field, String key) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> JsonBody.read(new ByteArrayInputStream(bytes), Body.class));
        assertThat(refusal.reasons()).containsExactly(Refusal.Reason.of(field, key));
    }
}
