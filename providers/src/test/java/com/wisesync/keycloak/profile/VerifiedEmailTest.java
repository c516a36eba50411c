package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only the claim beside an address says whether it is verified. */
class VerifiedEmailTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | true",
                "{\"email_verified\":false} | true",
                "{\"email\":\"\"} | true",
                "{\"email\":\"a@b.example\"} | false",
                "{\"email\":\"a@b.example\",\"email_verified\":null} | false",
                "{\"email\":\"a@b.example\",\"email_verified\":false} | false",
                "{\"email\":\"a@b.example\",\"email_verified\":\"false\"} | false",
                "{\"email\":\"a@b.example\",\"email_verified\":\"no\"} | false",
                "{\"email\":\"a@b.example\",\"email_verified\":\"true\"} | true",
                "{\"email\":\"a@b.example\",\"email_verified\":true} | true"
            })
    void readsUserinfo(String userInfo, boolean verified) throws JsonProcessingException {
        assertThat(VerifiedEmail.isVerifiedBy(new ObjectMapper().readTree(userInfo)))
                .isEqualTo(verified);
    }
}
