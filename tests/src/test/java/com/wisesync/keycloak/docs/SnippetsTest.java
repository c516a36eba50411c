package com.wisesync.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Snippets in the documentation are the code that tests execute. */
class SnippetsTest {

    @Test
    void theSnippetsAreTheCodeThatOpenidClientItAndReceiverTestExecute() {
        assertThat(Documents.code(Documents.at("docs/applications.md"), "js"))
                .containsExactly(
                        Documents.text(Documents.at("tests/src/test/js/receiver.js")),
                        Documents.text(Documents.at("tests/src/test/js/application.js")));
    }
}
