package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.DeliveryError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;

/** Turns what went wrong in a call into a message. Texts of exceptions are not used: they may contain addresses or more. */
final class WisePayErrors {

    private WisePayErrors() {}

    /** An answer that is not a success. */
    static DeliveryError ofStatus(int status) {
        return DeliveryError.of("wiseSyncWisePayAnswered", status);
    }

    /**
     * No answer.
     *
     * @param url the configured address, whose host is shown to staff only
     */
    static DeliveryError of(IOException e, URI url) {
        String key = "wiseSyncWisePayNotReachable";
        if (e instanceof HttpTimeoutException) {
            key = "wiseSyncWisePayTimeout";
        } else if (e instanceof UnexpectedAnswerException) {
            key = "wiseSyncWisePayBadAnswer";
        }
        return DeliveryError.of(key)
                .withDetail(url.getAuthority() + ", " + e.getClass().getSimpleName());
    }
}
