package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.DeliveryResult.Outcome;
import com.wisesync.keycloak.outbox.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.Config;

class DeactivationHandlerTest {

    @ParameterizedTest
    @CsvSource({
        "201,DELIVERED",
        "204,DELIVERED",
        "404,DELIVERED",
        "408,RETRY",
        "429,RETRY",
        "500,RETRY",
        "502,RETRY",
        "503,RETRY",
        "302,RETRY",
        "400,DEAD_LETTER",
        "401,BLOCKED",
        "403,BLOCKED",
        "410,DEAD_LETTER",
        "422,DEAD_LETTER"
    })
    void mapsEachStatusToAResult(int status, Outcome outcome) throws Exception {
        assertThat(resultOf(status, "", null).outcome()).isEqualTo(outcome);
    }

    /** Without the list, nothing shows that Wise-Pay has received the message. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{}", "{\"deactivated\":null}", "{\"deactivated\":\"x\"}", "{\"deactivated\":{}}"})
    void anAnswerWithoutTheListOfLinksIsAnError(String body) {
        assertThatThrownBy(() -> resultOf(200, body, null)).isInstanceOf(UnexpectedAnswerException.class);
    }

    @Test
    void logsARefusedKeyOnceWhenItBegins() {
        WisePay wisePay = new WisePay(WisePayConfig.of(Config.scope()));

        assertThat(Stream.of(200, 401, 403, 401, 200, 403).map(wisePay::keyRefusalBegins))
                .containsExactly(false, true, false, false, false, true);
    }

    @Test
    void keepsTheLinksThatWereDeactivated() throws Exception {
        DeliveryResult result = resultOf(
                200,
                "{\"deactivated\":[{\"id\":\"1\",\"kind\":\"proxy\",\"status\":\"inactive\",\"new\":true}]}",
                null);

        assertThat(result.answer()).isEqualTo("[{\"id\":\"1\",\"kind\":\"proxy\",\"status\":\"inactive\"}]");
    }

    @Test
    void leavesOutADeactivatedLinkThatCannotBeRead() throws Exception {
        DeliveryResult result =
                resultOf(200, "{\"deactivated\":[null,{\"id\":\"1\",\"name\":{}},7,{\"id\":\"2\"}]}", null);

        assertThat(result.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(result.answer()).isEqualTo("[{\"id\":\"2\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Please log in</html>", "[]", "OK", "{\"deactivated\":[{\"id\":\"1\""})
    void refusesThePageOfAProxyAsAnAnswer(String body) {
        assertThatThrownBy(() -> resultOf(200, body, null)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({"429,7,7", "503,7,7", "503,soon,0", "503,'Fri, 01 Jan 2021 00:00:00 GMT',0", "500,7,0"})
    void waitsAsLongAsWisePayAsks(int status, String retryAfter, long seconds) throws Exception {
        assertThat(resultOf(status, "", retryAfter).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    /** Reconciling takes links that no answer has named for newer ones. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"deactivated\":[]} | 1",
                "404 | {} | 1",
                "200 | {\"deactivated\":[{\"id\":\"2\"}]} | 1,2",
                "200 | {\"deactivated\":[{\"id\":\"1\",\"status\":\"inactive\"}]} | 1"
            })
    void keepsTheLinksThatEarlierAnswersNamed(int status, String body, String ids) throws Exception {
        DeliveryResult result = resultOf(status, body, null, List.of(new Link("1", null, null, null, null, null)));

        assertThat(LinksJson.stored(result.answer())).extracting(Link::id).containsExactly(ids.split(","));
    }

    private static DeliveryResult resultOf(int status, String body, String retryAfter) throws IOException {
        return resultOf(status, body, retryAfter, List.of());
    }

    private static DeliveryResult resultOf(int status, String body, String retryAfter, List<Link> earlier)
            throws IOException {
        return DeactivationHandler.resultOf(
                new HttpAnswer(status, body, Optional.ofNullable(retryAfter)),
                URI.create("https://pay.internal"),
                earlier);
    }
}
