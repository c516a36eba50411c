package com.wisesync.keycloak.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {

    private static final String USER = """
            {"schemas":[],"id":"1","userName":"u","name":{"formatted":"A B","givenName":"A"},
             "emails":[{"value":"v","type":"work"}],
             "urn:wise-sync:params:scim:schemas:1.0:User":{"role":"user","companies":[]}}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "USERNAME | - | {\"schemas\":[],\"id\":\"1\",\"userName\":\"u\"}",
                "name.givenName | - | {\"schemas\":[],\"id\":\"1\",\"name\":{\"givenName\":\"A\"}}",
                "name | name.formatted | {\"schemas\":[],\"id\":\"1\",\"name\":{\"givenName\":\"A\"}}",
                "emails | emails.type | {\"schemas\":[],\"id\":\"1\",\"emails\":[{\"value\":\"v\"}]}",
                "urn:wise-sync:params:scim:schemas:1.0:User:role | - | {\"schemas\":[],\"id\":\"1\","
                        + "\"urn:wise-sync:params:scim:schemas:1.0:User\":{\"role\":\"user\"}}",
                "- | id,name,emails,urn:wise-sync:params:scim:schemas:1.0:User:Companies | {\"schemas\":[],"
                        + "\"id\":\"1\",\"userName\":\"u\","
                        + "\"urn:wise-sync:params:scim:schemas:1.0:User\":{\"role\":\"user\"}}",
            })
    void onlyRequestedAttributesAreShown(String attributes, String excludedAttributes, String shown)
            throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode user = (ObjectNode) json.readTree(USER);

        assertThat(Projection.of(attributes, excludedAttributes).apply(user)).isEqualTo(json.readTree(shown));
    }
}
