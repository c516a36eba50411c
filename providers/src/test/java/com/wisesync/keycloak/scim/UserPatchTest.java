package com.wisesync.keycloak.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.utils.JsonUtils;
import com.wisesync.keycloak.user.DirectoryEdit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserPatchTest {

    private static final String STORED = "old@test.example";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add | [{\"type\":\"home\",\"value\":\"new@test.example\"}] | old@test.example",
                "Add | {\"type\":\"other\",\"value\":\"new@test.example\",\"primary\":false} | old@test.example",
                "add | [] | old@test.example",
                "add | [{\"type\":\"home\",\"value\":\"x@test.example\"},{\"type\":\"Work\",\"value\":\"new@test.example\"}]"
                        + " | new@test.example",
                "add | [{\"type\":\"home\",\"primary\":true,\"value\":\"new@test.example\"}] | new@test.example",
                "add | [{\"type\":\"home\",\"primary\":\"True\",\"value\":\"new@test.example\"}] | new@test.example",
                "add | [{\"value\":\"new@test.example\"}] | new@test.example",
                "add | \"new@test.example\" | new@test.example",
                "replace | [{\"type\":\"home\",\"value\":\"new@test.example\"}] | new@test.example"
            })
    void anAddedEmailReplacesTheStoredOneOnlyIfItIsPrimaryOrOfWork(String op, String value, String email)
            throws IOException, ScimException {
        ObjectNode message =
                object("{\"Operations\":[{\"op\":\"" + op + "\",\"path\":\"emails\",\"value\":" + value + "}]}");
        UserDraft draft = draft();

        new UserPatch(draft, false).apply(message);

        assertThat(draft.edit().email()).isEqualTo(email);
    }

    /** RFC 7644, section 3.5.1: a PUT contains read-only attributes as the client knows them, a PATCH names them on purpose. */
    @Test
    void companiesThatTheAccountSetsAreIgnoredInAPutAndRefusedInAPatch() throws IOException, ScimException {
        String companies = "\"urn:wise-sync:params:scim:schemas:1.0:User\":{\"companies\":[\"another\"]}";
        UserDraft draft = draft();
        DirectoryEdit before = draft.edit();

        new UserPatch(draft, true).setAll(object("{\"active\":false," + companies + "}"));

        assertThat(draft.edit().companies()).isEqualTo(before.companies());
        assertThat(draft.edit().active()).isFalse();
        ObjectNode message = object("{\"Operations\":[{\"op\":\"replace\",\"value\":{" + companies + "}}]}");
        assertThatThrownBy(() -> new UserPatch(draft(), true).apply(message)).isInstanceOf(ScimErrorException.class);
    }

    @Test
    void aUserWithoutEmailAndNamesStaysAsIsWhenDisabled() throws IOException, ScimException {
        DirectoryEdit imported = new DirectoryEdit("imported", "", "", "", Optional.empty(), true, List.of());
        UserDraft draft = new UserDraft(imported);

        new UserPatch(draft, false)
                .apply(object("{\"Operations\":[{\"op\":\"replace\",\"path\":\"active\",\"value\":false}]}"));

        assertThat(draft.edit())
                .isEqualTo(new DirectoryEdit("imported", "", "", "", Optional.empty(), false, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name.familyName.part", "name[givenName eq 'A'].familyName", "userName[primary eq true]"})
    void aPathToNothingThatIsStoredChangesNothing(String path) throws IOException, ScimException {
        UserDraft draft = draft();
        DirectoryEdit before = draft.edit();

        new UserPatch(draft, false)
                .apply(object("{\"Operations\":[{\"op\":\"replace\",\"path\":\"%s\",\"value\":\"new@test.example\"}]}"
                        .formatted(path.replace("'", "\\\""))));

        assertThat(draft.edit()).isEqualTo(before);
    }

    @Test
    void aNameThatIsNoPathIsRefusedInAPatchOnly() throws IOException, ScimException {
        List<String> odd = List.of(
                "",
                "my attribute",
                "name[",
                "urn:ietf:params:scim:schemas:core:2.0:User:",
                "urn:wise-sync:params:scim:schemas:1.0:User:a b");
        ObjectNode user = object("{\"userName\":\"new@test.example\"}");
        odd.forEach(name -> user.put(name, 1));
        UserDraft draft = draft();

        new UserPatch(draft, false).setAll(user);

        assertThat(draft.edit().username()).isEqualTo("new@test.example");
        for (String name : odd) {
            ObjectNode message = object("{\"Operations\":[{\"op\":\"replace\",\"value\":{\"" + name + "\":1}}]}");
            assertThatThrownBy(() -> new UserPatch(draft(), false).apply(message))
                    .as(name)
                    .isInstanceOf(BadRequestException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"userName\":\"new.user@test.example\"} | new.user",
                "{\"userName\":\"new.user@test.example\",\"displayName\":\"New User\"} | New User",
                "{\"userName\":\"@test.example\"} | @test.example"
            })
    void aUserWithoutANameIsNamedLikeTheirAddress(String user, String lastName) throws IOException, ScimException {
        UserDraft draft = new UserDraft();

        new UserPatch(draft, false).setAll(object(user));

        assertThat(draft.edit().firstName()).isEmpty();
        assertThat(draft.edit().lastName()).isEqualTo(lastName);
    }

    private static UserDraft draft() {
        return new UserDraft(
                new DirectoryEdit("user@test.example", STORED, "Test", "User", Optional.empty(), true, List.of()));
    }

    private static ObjectNode object(String json) throws IOException {
        return (ObjectNode) JsonUtils.getObjectReader().readTree(json);
    }
}
