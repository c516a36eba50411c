package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.ScimSettings;
import com.wisesync.keycloak.account.ScimToken;
import com.wisesync.keycloak.admin.UserReps.UserReferenceRep;
import com.wisesync.keycloak.user.AccountUser;
import com.wisesync.keycloak.user.ScimTokens;
import com.wisesync.keycloak.user.ScimUse;
import com.wisesync.keycloak.user.UserServices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SCIM of an account, as the API reads and writes it. */
final class ScimReps {

    private ScimReps() {}

    record ScimRep(
            String url, List<String> defaultCompanies, List<ScimTokenRep> tokens, List<ScimErrorRep> recentErrors) {

        static ScimRep of(Request request, Account account) {
            ScimTokens scim = new UserServices(request.session()).scimTokens();
            ScimUse use = new ScimUse(request.session());
            ScimSettings settings = scim.read(account);
            Map<String, Instant> lastUses = use.lastUses(account.id());
            Texts texts = request.texts();
            List<ScimUse.Failure> failures = use.failures(account.id());
            List<AccountUser> linkable = linkable(request, account, failures);
            return new ScimRep(
                    url(request, account),
                    settings.defaultsIn(account),
                    settings.tokens().stream()
                            .map(token -> ScimTokenRep.of(
                                    scim, account, token, Optional.ofNullable(lastUses.get(token.id())), null))
                            .toList(),
                    failures.stream()
                            .map(failure -> ScimErrorRep.of(failure, linkable, texts))
                            .toList());
        }

        /** The users that directories failed to create because they exist. */
        private static List<AccountUser> linkable(Request request, Account account, List<ScimUse.Failure> failures) {
            List<String> names = failures.stream()
                    .flatMap(failure -> failure.refused().stream())
                    .flatMap(refused -> refused.names().stream())
                    .distinct()
                    .toList();
            return new UserServices(request.session()).directory().linkable(account, names);
        }

        /** The address that a directory calls. */
        private static String url(Request request, Account account) {
            return request.session()
                    .getContext()
                    .getUri()
                    .getBaseUriBuilder()
                    .path("realms/{realm}/wise-sync/scim/v2/{account}")
                    .build(request.realm().getName(), account.id())
                    .toString();
        }
    }

    /** @param secret only in the answer that creates the token */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ScimTokenRep(
            String id,
            UserReferenceRep createdBy,
            boolean creatorHasAccess,
            String createdAt,
            String expiresAt,
            String lastUsed,
            String secret) {

        static ScimTokenRep of(
                ScimTokens scim, Account account, ScimToken token, Optional<Instant> lastUsed, String secret) {
            return new ScimTokenRep(
                    token.id(),
                    new UserReferenceRep(
                            token.createdBy(),
                            scim.creator(token).map(user -> user.getUsername()).orElse("")),
                    scim.creatorHasAccess(account, token),
                    token.createdAt().toString(),
                    token.expiresAt().toString(),
                    lastUsed.map(Instant::toString).orElse(null),
                    secret);
        }

        ScimTokenRep withoutSecret() {
            return new ScimTokenRep(id, createdBy, creatorHasAccess, createdAt, expiresAt, lastUsed, null);
        }

        /** Without the secret: records print what they hold. */
        @Override
        public String toString() {
            return "ScimTokenRep[" + id + "]";
        }
    }

    /**
     * @param user the existing user of this account that the directory can manage once it is linked
     * @param externalId the id of this user in the directory
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ScimErrorRep(String at, int status, String call, String message, UserReferenceRep user, String externalId) {

        static ScimErrorRep of(ScimUse.Failure failure, List<AccountUser> linkable, Texts texts) {
            Optional<AccountUser> existing = failure.refused().flatMap(refused -> refused.choose(linkable));
            return new ScimErrorRep(
                    failure.at().toString(),
                    failure.status(),
                    failure.call(),
                    words(failure.reason(), texts),
                    existing.map(user -> new UserReferenceRep(user.id(), user.username()))
                            .orElse(null),
                    existing.flatMap(user -> failure.refused().flatMap(ScimUse.RefusedUser::externalId))
                            .orElse(null));
        }
    }

    private static String words(Refusal.Reason reason, Texts texts) {
        String words = texts.format(reason);
        return reason.field() == null ? words : reason.field() + ": " + words;
    }

    /** @param externalId the id of a user in the directory; null if the directory finds the user by username */
    record ScimLinkRep(String externalId) {

        Optional<String> checked() {
            Fields fields = new Fields();
            Optional<String> checked = fields.optional("externalId", externalId);
            fields.done();
            return checked;
        }
    }

    record ScimInputRep(List<String> defaultCompanies) {

        List<String> checked() {
            Fields fields = new Fields();
            fields.require(defaultCompanies != null, "defaultCompanies", "wiseSyncFieldMissing");
            List<String> checked = fields.companies(defaultCompanies);
            fields.done();
            return checked;
        }
    }
}
