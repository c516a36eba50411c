package com.wisesync.keycloak.autotask;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.jose.jwe.JWE;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.jose.jwe.JWEException;
import org.keycloak.jose.jwe.JWEHeader;
import org.keycloak.jose.jwe.JWEKeyStorage.KeyUse;

class EnvelopeTest {

    private static final String PASSWORD = "marker-9f3c-password";
    private static final SealingKey KEY =
            new Keys().with("k1", 1).ring("k1").newest().orElseThrow();
    private static final SealingKey OTHER_KEY =
            new Keys().with("k1", 2).ring("k1").newest().orElseThrow();
    private static final SealedAccount ACCOUNT =
            SealedAccount.of("realm", "user", new AutotaskSecret("uma@acme.example", PASSWORD));

    @BeforeAll
    static void crypto() {
        CryptoIntegration.init(EnvelopeTest.class.getClassLoader());
    }

    @Test
    void decrypts_with_the_same_key() {
        Envelope envelope = Envelope.parse(Envelope.seal(ACCOUNT, KEY)).orElseThrow();

        assertThat(envelope.kid()).isEqualTo("k1");
        assertThat(envelope.open(KEY)).contains(ACCOUNT);
    }

    @Test
    void the_header_contains_algorithms_and_key_id_only() {
        String header = Envelope.seal(ACCOUNT, KEY).split("\\.", -1)[0];

        assertThat(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                .isEqualTo("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"k1\"}");
    }

    @Test
    void encrypting_twice_gives_different_texts() {
        assertThat(Envelope.seal(ACCOUNT, KEY)).isNotEqualTo(Envelope.seal(ACCOUNT, KEY));
    }

    @Test
    void does_not_open_with_another_key_of_the_same_name() {
        assertThat(Envelope.parse(Envelope.seal(ACCOUNT, KEY)).orElseThrow().open(OTHER_KEY))
                .isEmpty();
    }

    @Test
    void does_not_open_after_a_change_in_any_part() {
        String[] parts = Envelope.seal(ACCOUNT, KEY).split("\\.", -1);
        for (int part : new int[] {2, 3, 4}) {
            String[] changed = parts.clone();
            changed[part] = (changed[part].startsWith("A") ? "B" : "A") + changed[part].substring(1);

            assertThat(Envelope.parse(String.join(".", changed)).orElseThrow().open(KEY))
                    .isEmpty();
        }
    }

    @Test
    void does_not_open_under_a_header_of_another_key() {
        String[] parts = Envelope.seal(ACCOUNT, KEY).split("\\.", -1);
        parts[0] = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"k2\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(Envelope.parse(String.join(".", parts)).orElseThrow().open(KEY))
                .isEmpty();
    }

    @Test
    void other_algorithms_are_refused() throws JWEException {
        JWE jwe = new JWE()
                .header(new JWEHeader(JWEConstants.DIRECT, JWEConstants.A256CBC_HS512, null, "k1"))
                .content(new byte[0]);
        jwe.getKeyStorage().setCEKBytes(new byte[64]);
        jwe.getKeyStorage().setCEKKey(null, KeyUse.SIGNATURE);

        assertThat(Envelope.parse(jwe.encodeJwe())).isEmpty();
    }

    @Test
    void text_that_is_no_jwe_is_refused() {
        assertThat(Envelope.parse("")).isEmpty();
        assertThat(Envelope.parse("a.b.c.d.e")).isEmpty();
        assertThat(Envelope.parse(PASSWORD)).isEmpty();
    }

    @Test
    void no_printed_text_contains_the_password() {
        assertThat(ACCOUNT.toString()).doesNotContain(PASSWORD);
        assertThat(ACCOUNT.secret().toString()).doesNotContain(PASSWORD);
        assertThat(KEY.toString()).isEqualTo("SealingKey[kid=k1]");
    }
}
