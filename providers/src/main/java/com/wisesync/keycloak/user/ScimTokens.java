package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.access.AccessRules;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.ScimAccounts;
import com.wisesync.keycloak.account.ScimSettings;
import com.wisesync.keycloak.account.ScimToken;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.role.StaffRoles;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Creates and revokes the tokens with which a customer's directory calls SCIM, and sets the companies of new users. */
public final class ScimTokens {

    /** Two, so that a token can be replaced without an interruption. */
    static final int MAX_TOKENS = 2;

    private static final Duration VALIDITY = Duration.ofDays(365);

    /** Lets scanners recognize a token that was published by mistake. */
    private static final String SECRET_PREFIX = "wsscim_";

    private static final int SECRET_BYTES = 32;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Accounts accounts;
    private final ScimAccounts scim;
    private final AdminNotices notices;

    ScimTokens(KeycloakSession session, Accounts accounts, ScimAccounts scim, AdminNotices notices) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.accounts = accounts;
        this.scim = scim;
        this.notices = notices;
    }

    /**
     * A new token.
     *
     * @param secret what the directory sends; it is stored nowhere
     */
    public record Created(ScimToken token, String secret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Created[" + token.id() + "]";
        }
    }

    /** The settings of an account, as committed. */
    public ScimSettings read(Account account) {
        return scim.read(account.id()).orElseThrow(Refusal::notFound);
    }

    /**
     * Creates a token, deletes expired ones, and notifies the account-admins.
     *
     * @throws Refusal if the account has two valid tokens
     */
    public Created create(Account account, Actor actor) {
        Account locked = lock(account);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<ScimToken> stored = read(locked).tokens();
        stored.stream().filter(token -> !now.isBefore(token.expiresAt())).forEach(token -> remove(locked, token));
        if (stored.stream().filter(token -> now.isBefore(token.expiresAt())).count() >= MAX_TOKENS) {
            throw Refusal.conflict(null, "wiseSyncScimTokenLimit", MAX_TOKENS);
        }
        String secret =
                SECRET_PREFIX + Base64Url.encode(SecretGenerator.getInstance().randomBytes(SECRET_BYTES));
        ScimToken token = new ScimToken(
                KeycloakModelUtils.generateId(), ScimToken.hashOf(secret), actor.userId(), now, now.plus(VALIDITY));
        scim.add(locked, token);
        notices.send(locked, Notice.SCIM_TOKEN_CREATED);
        return new Created(token, secret);
    }

    /**
     * Revokes a token, which is invalid with the commit, and notifies the account-admins.
     *
     * @return the token
     * @throws Refusal if the account has no such token
     */
    public ScimToken revoke(Account account, String tokenId) {
        Account locked = lock(account);
        ScimToken token = read(locked).token(tokenId).orElseThrow(Refusal::notFound);
        remove(locked, token);
        notices.send(locked, Notice.SCIM_TOKEN_REVOKED);
        return token;
    }

    /**
     * Sets the companies that users created over SCIM are assigned.
     *
     * @param companies ids; empty to let the directory assign companies
     * @return the account after it
     * @throws Refusal if the account has no such company
     */
    public Account setDefaultCompanies(Account account, List<String> companies) {
        Account locked = lock(account);
        List<String> wanted = companies.stream().distinct().sorted().toList();
        if (wanted.stream().anyMatch(id -> locked.company(id).isEmpty())) {
            throw Refusal.invalid("defaultCompanies", "wiseSyncCompanyUnknown");
        }
        return wanted.equals(read(locked).defaultCompanies()) ? locked : scim.setDefaultCompanies(locked, wanted);
    }

    /** The user or service account that created a token; empty if it was deleted. */
    public Optional<UserModel> creator(ScimToken token) {
        return Optional.ofNullable(session.users().getUserById(realm, token.createdBy()));
    }

    /** Whether the creator of a token may still administer the account; if not, the token should be replaced. */
    public boolean creatorHasAccess(Account account, ScimToken token) {
        return creator(token)
                .filter(UserModel::isEnabled)
                .filter(user -> StaffRoles.isStaff(realm, user) || isAdminOf(account, user))
                .isPresent();
    }

    private boolean isAdminOf(Account account, UserModel user) {
        return new AccessRules(session)
                .find(user)
                .filter(access -> access.role() == Role.ACCOUNT_ADMIN)
                .filter(access -> access.account().id().equals(account.id()))
                .isPresent();
    }

    private Account lock(Account account) {
        return accounts.lock(account).orElseThrow(Refusal::notFound);
    }

    private void remove(Account locked, ScimToken token) {
        scim.remove(locked, token);
        new ScimUse(session).forget(locked.id(), token.id());
    }
}
