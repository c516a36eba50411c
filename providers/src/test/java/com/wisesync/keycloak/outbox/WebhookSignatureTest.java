package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    /** The example of the specification's own documentation. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void signsAsTheSpecificationsExample() {
        String signature = WebhookSignature.with(SECRET)
                .of("msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}");

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void signsWithBothSecretsDuringARotation() {
        String other = Base64.getEncoder().encodeToString(new byte[32]);

        assertThat(WebhookSignature.with(SECRET + " " + other).of("id", Instant.EPOCH, "{}"))
                .isEqualTo(WebhookSignature.with(SECRET).of("id", Instant.EPOCH, "{}") + " "
                        + WebhookSignature.with(other).of("id", Instant.EPOCH, "{}"));
    }

    @Test
    void refusesASecretThatIsTooShort() {
        assertThatThrownBy(() -> WebhookSignature.with(Base64.getEncoder().encodeToString(new byte[23])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("24 to 64 bytes");
    }

    @Test
    void refusesInvalidBase64WithoutShowingIt() {
        assertThatThrownBy(() -> WebhookSignature.with("whsec_not*base64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A webhook secret is not Base64")
                .hasNoCause();
    }

    @Test
    void refusesABlankSecret() {
        assertThatThrownBy(() -> WebhookSignature.with(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}
