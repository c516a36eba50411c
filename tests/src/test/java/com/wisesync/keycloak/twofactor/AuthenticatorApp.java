package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.representations.idm.CredentialRepresentation;

/** An authenticator app of a user. */
public record AuthenticatorApp(String id, String secret) {

    static final String NO_RECOVERY_CODES = "#wise-sync-recovery-codes-not-now";

    private static final int STEP = 30;

    /** Enrolled during a login at the application's request, after an emailed code if one is required. */
    static AuthenticatorApp enrolledBy(Person person, Testbed testbed) {
        Login login = testbed.login(Application.WISE_SYNC);
        testbed.mailbox().forget(person.username());
        WebPage page = login.password(login.start("kc_action", "CONFIGURE_TOTP"), person);
        if (page.has("#wise-sync-code-form")) {
            page = login.code(page, testbed.mailbox().takeCode(person.username()));
        }
        String secret = page.find("#totpSecret").orElseThrow().attr("value");
        String code = new AuthenticatorApp("", secret).at(Instant.now());
        page = login.visitor().submit(page, "#totpSecret", Map.of("totp", code, "userLabel", "phone"));
        page = login.visitor().press(page, NO_RECOVERY_CODES);
        assertThat(login.done(page)).isTrue();
        String id = testbed.realm().users().get(person.id()).credentials().stream()
                .filter(credential -> credential.getType().equals("otp"))
                .map(CredentialRepresentation::getId)
                .findFirst()
                .orElseThrow();
        return new AuthenticatorApp(id, secret);
    }

    /** A code that was not used yet: Keycloak accepts each only once, and also the one of the next half minute. */
    public String nextCode() {
        return at(Instant.now().plusSeconds(STEP));
    }

    /** RFC 6238. */
    String at(Instant time) {
        try {
            Mac hmac = Mac.getInstance("HmacSHA1");
            hmac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "RAW"));
            byte[] hash = hmac.doFinal(ByteBuffer.allocate(Long.BYTES)
                    .putLong(time.getEpochSecond() / STEP)
                    .array());
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & 0x7fffffff;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
