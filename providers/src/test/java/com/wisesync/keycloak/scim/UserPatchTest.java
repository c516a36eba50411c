package com.wisesync.keycloak.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.scim2.common.exceptions.ScimException;
import com.wisesync.keycloak.user.DirectoryEdit;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** PATCH, with the variants of Microsoft Entra ID and Okta. */
class UserPatchTest {

    private static final DirectoryEdit UMA = new DirectoryEdit(
            "uma@acme.example", "uma@acme.example", "Uma", "User", Optional.of("1"), true, List.of("one"));

    @Test
    void appliesOperationsInAnyCaseAndTextsForBooleans() throws ScimException {
        DirectoryEdit patched = patched("""
                {"op":"Replace","path":"active","value":"False"},
                {"op":"Add","path":"name.familyName","value":"New"},
                {"op":"replace","path":"emails[type eq \\"work\\"].value","value":"new@acme.example"},
                {"op":"replace","path":"emails[type eq \\"home\\"].value","value":"home@acme.example"},
                {"op":"replace","path":"phoneNumbers[type eq \\"work\\"].value","value":"1"},
                {"op":"Remove","path":"externalId"}""");
        assertThat(patched)
                .isEqualTo(new DirectoryEdit(
                        "uma@acme.example", "new@acme.example", "Uma", "New", Optional.empty(), false, List.of("one")));
    }

    @Test
    void appliesValuesWithoutAPath() throws ScimException {
        DirectoryEdit patched = patched("""
                {"op":"replace","value":{"USERNAME":"u@acme.example","name.givenName":"U","active":false,
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"Sales",
                "urn:wise-sync:params:scim:schemas:1.0:User":{"companies":["two"]}}}""");
        assertThat(patched.username()).isEqualTo("u@acme.example");
        assertThat(patched.firstName()).isEqualTo("U");
        assertThat(patched.active()).isFalse();
        assertThat(patched.companies()).containsExactly("two");
    }

    @Test
    void addsAndRemovesCompanies() throws ScimException {
        String companies = "urn:wise-sync:params:scim:schemas:1.0:User:companies";
        assertThat(patched("{\"op\":\"add\",\"path\":\"" + companies + "\",\"value\":[{\"value\":\"two\"}]}")
                        .companies())
                .containsExactly("one", "two");
        assertThat(patched("{\"op\":\"remove\",\"path\":\"" + companies + "[value eq \\\"one\\\"]\"}")
                        .companies())
                .isEmpty();
        assertThat(patched("{\"op\":\"remove\",\"path\":\"" + companies + "\"}").companies())
                .isEmpty();
    }

    @Test
    void refusesToRemoveWhatIsRequired() {
        assertThatThrownBy(() -> patched("{\"op\":\"remove\",\"path\":\"userName\"}"))
                .isInstanceOf(ScimErrorException.class);
        assertThatThrownBy(() -> patched("{\"op\":\"remove\",\"path\":\"emails\"}"))
                .isInstanceOf(ScimErrorException.class);
        assertThatThrownBy(() -> patched("{\"op\":\"replace\",\"path\":\"name\",\"value\":{\"givenName\":\"\","
                        + "\"familyName\":null}}"))
                .isInstanceOf(ScimErrorException.class);
    }

    private static DirectoryEdit patched(String operations) throws ScimException {
        UserDraft draft = new UserDraft(UMA);
        String message = "{\"operations\":[" + operations + "]}";
        new UserPatch(draft, false)
                .apply(ScimJson.read(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8))));
        return draft.edit();
    }
}
