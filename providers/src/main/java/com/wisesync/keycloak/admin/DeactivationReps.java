package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.admin.AccountReps.AccountReferenceRep;
import com.wisesync.keycloak.admin.UserReps.UserReferenceRep;
import com.wisesync.keycloak.wisepay.Link;
import com.wisesync.keycloak.wisepay.ToldDeactivation;
import java.time.Instant;
import java.util.List;

/** Messages to Wise-Pay and links at Wise-Pay, as the API shows them. */
final class DeactivationReps {

    private DeactivationReps() {}

    /**
     * What Wise-Pay was or will be told.
     *
     * @param account none when the user belonged to none, or several
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeactivationRep(
            String id,
            String type,
            String reason,
            String state,
            int attempts,
            String lastError,
            String createdAt,
            String deliveredAt,
            List<WisePayLinkRep> deactivated,
            UserReferenceRep user,
            AccountReferenceRep account) {

        static DeactivationRep of(ToldDeactivation told) {
            return new DeactivationRep(
                    told.id(),
                    told.type(),
                    told.reason().id(),
                    told.state(),
                    told.attempts(),
                    told.lastError(),
                    told.createdAt().toString(),
                    text(told.deliveredAt()),
                    WisePayLinkRep.of(told.deactivated()),
                    new UserReferenceRep(told.user().id(), told.user().username()),
                    told.account() == null
                            ? null
                            : new AccountReferenceRep(
                                    told.account().id(), told.account().name()));
        }

        private static String text(Instant moment) {
            return moment == null ? null : moment.toString();
        }
    }

    record DeactivationPageRep(long total, List<DeactivationRep> deactivations) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WisePayLinkRep(String id, String kind, String type, String name, String status) {

        static List<WisePayLinkRep> of(List<Link> links) {
            return links.stream()
                    .map(link -> new WisePayLinkRep(link.id(), link.kind(), link.type(), link.name(), link.status()))
                    .toList();
        }
    }
}
