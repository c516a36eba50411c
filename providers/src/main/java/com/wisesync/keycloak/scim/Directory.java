package com.wisesync.keycloak.scim;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.ScimAccounts;
import com.wisesync.keycloak.account.ScimSettings;
import com.wisesync.keycloak.account.ScimToken;
import com.wisesync.keycloak.user.Actor;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * The directory that calls, as its token identifies it. It has the rights that SCIM gives it in one account, and no others;
 * the creator of the token is named as the inviting user.
 *
 * @param account the account in the path, to which the token belongs
 * @param settings as committed
 */
record Directory(Account account, ScimSettings settings, ScimToken token) implements Actor {

    private static final String SCHEME = "Bearer ";
    private static final int MAX_ID = 128;
    private static final int MAX_SECRET = 128;

    /**
     * Authenticates the request. A missing account, a disabled one and a token of another account are answered alike.
     *
     * @throws ScimErrorException 401 otherwise
     */
    static Directory require(KeycloakSession session, String accountId) {
        return find(session, accountId)
                .orElseThrow(() -> new ScimErrorException(ScimError.of(401, "wiseSyncScimNotAuthenticated")));
    }

    private static Optional<Directory> find(KeycloakSession session, String accountId) {
        String header =
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.AUTHORIZATION);
        boolean plausible = header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && header.length() <= SCHEME.length() + MAX_SECRET
                && accountId.length() <= MAX_ID
                && accountId.chars().noneMatch(Character::isISOControl);
        if (!plausible) {
            return Optional.empty();
        }
        String secret = header.substring(SCHEME.length()).strip();
        return new ScimAccounts(session)
                .read(accountId)
                .filter(ScimSettings::accountEnabled)
                .flatMap(settings -> settings.tokens().stream()
                        .filter(token -> token.accepts(secret, Instant.now()))
                        .findFirst()
                        .flatMap(token -> new Accounts(session)
                                .find(accountId)
                                .map(account -> new Directory(account, settings, token))));
    }

    @Override
    public String userId() {
        return token.createdBy();
    }

    @Override
    public boolean isStaff() {
        return false;
    }

    @Override
    public boolean isAccountAdmin() {
        return true;
    }

    @Override
    public boolean isDirectory() {
        return true;
    }

    /** Directories do not log in. */
    @Override
    public void requireRecentLogin() {}
}
