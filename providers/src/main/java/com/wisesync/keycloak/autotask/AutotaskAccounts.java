package com.wisesync.keycloak.autotask;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Psa;
import com.wisesync.keycloak.autotask.AutotaskCredentialModel.Shown;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.utils.EmailValidationUtil;

/** The stored Autotask accounts of users in the realm in the session's context. Callers check permissions. */
public final class AutotaskAccounts {

    /** Longer than any Autotask username or password. */
    public static final int MAX_PASSWORD = 255;

    public static final int MAX_USERNAME = 255;

    private static final Logger LOG = Logger.getLogger(AutotaskAccounts.class);

    private final String realm;
    private final Keyring keys;
    private final ReadLimit readLimit;
    private final OwnTransaction transaction;

    /** @param session with the realm in its context */
    public AutotaskAccounts(KeycloakSession session) {
        this(session, (AutotaskCredentialProvider)
                session.getProvider(CredentialProvider.class, AutotaskCredentialProviderFactory.TYPE));
    }

    private AutotaskAccounts(KeycloakSession session, AutotaskCredentialProvider provider) {
        this(session.getContext().getRealm().getId(), provider.keyring(), provider.readLimit(), provider.transaction());
    }

    AutotaskAccounts(String realm, Keyring keys, ReadLimit readLimit, OwnTransaction transaction) {
        this.realm = realm;
        this.keys = keys;
        this.readLimit = readLimit;
        this.transaction = transaction;
    }

    /** Whether users of this account can have an Autotask account. */
    public static boolean offeredTo(Account account) {
        return account.psa().filter(Psa.AUTOTASK::equals).isPresent();
    }

    /** The stored account, without the password; empty if none is stored. */
    public Optional<AutotaskAccount> get(UserModel user) {
        return row(user).map(AutotaskCredentialModel::shown);
    }

    /**
     * Equal values keep their date and are only encrypted again.
     *
     * @param password null to keep the stored one
     * @throws Refusal if a value is invalid, or no key is available to encrypt the password
     */
    public AutotaskAccount put(UserModel user, String username, String password) {
        if (!isUsername(username)) {
            throw Refusals.username();
        }
        if (password != null && !isPassword(password)) {
            throw Refusals.password();
        }
        Optional<AutotaskCredentialModel> before = row(user);
        long updatedAt = before.map(AutotaskCredentialModel::shown)
                .filter(shown -> password == null && username.equals(shown.username()))
                .map(AutotaskAccount::updatedAt)
                .map(Instant::toEpochMilli)
                .orElseGet(Time::currentTimeMillis);
        if (password == null && before.flatMap(AutotaskCredentialModel::jwe).isEmpty()) {
            return write(user, before, new Shown(username, updatedAt, null), null);
        }
        String kept = password == null
                ? open(user, before.orElseThrow())
                        .orElseThrow(Refusals::unreadable)
                        .password()
                : password;
        SealingKey key = keys.newest().orElseThrow(() -> noKey(keys.newestKid()));
        return seal(user, before, new AutotaskSecret(username, kept), updatedAt, key);
    }

    /** @return whether an account was removed */
    public boolean delete(UserModel user) {
        List<String> rows = rows(user).stream().map(CredentialModel::getId).toList();
        rows.forEach(user.credentialManager()::removeStoredCredentialById);
        return !rows.isEmpty();
    }

    /**
     * Reads the password. A password encrypted with an older key is encrypted again with the newest one.
     *
     * @param caller the id of the service account that reads, for the limit
     * @throws Refusal if the read limit is reached, the user or the account is disabled, or no readable password is stored
     */
    public AutotaskSecret secret(Account account, UserModel user, String caller) {
        readLimit.claim(realm, caller).ifPresent(seconds -> {
            throw Refusals.tooManyReads(seconds);
        });
        if (!account.enabled()) {
            throw Refusals.accountDisabled();
        }
        if (!user.isEnabled()) {
            throw Refusals.userDisabled();
        }
        AutotaskCredentialModel row = row(user).orElseThrow(Refusals::nothingStored);
        AutotaskSecret secret = open(user, row).orElseThrow(Refusals::nothingStored);
        renew(user, row, secret);
        return secret;
    }

    /** Empty if none is stored, or it was encrypted for another user. */
    private Optional<AutotaskSecret> open(UserModel user, AutotaskCredentialModel row) {
        Optional<Envelope> envelope = row.jwe().flatMap(Envelope::parse);
        if (envelope.isEmpty()) {
            return Optional.empty();
        }
        String kid = envelope.get().kid();
        SealingKey key = keys.named(kid).orElseThrow(() -> noKey(kid));
        Optional<AutotaskSecret> secret = envelope.get()
                .open(key)
                .filter(opened -> opened.belongsTo(realm, user.getId()))
                .map(SealedAccount::secret);
        if (secret.isEmpty()) {
            LOG.warnf("The Autotask account stored with user '%s' was not encrypted for this user", user.getId());
        }
        return secret;
    }

    /** Does nothing if the row has changed since it was decrypted, so that a read overwrites no concurrent change. */
    private void renew(UserModel user, AutotaskCredentialModel opened, AutotaskSecret secret) {
        boolean old = opened.jwe()
                .flatMap(Envelope::parse)
                .filter(envelope -> !envelope.kid().equals(keys.newestKid()))
                .isPresent();
        // Reading needs only the key that encrypted the password; writing needs the newest one.
        if (old) {
            Instant updatedAt = opened.shown().updatedAt();
            long at = updatedAt == null ? Time.currentTimeMillis() : updatedAt.toEpochMilli();
            keys.newest()
                    .ifPresent(key -> transaction.on(
                            realm,
                            user.getId(),
                            now -> row(now).filter(row -> row.jwe().equals(opened.jwe()))
                                    .ifPresent(row -> seal(now, Optional.of(row), secret, at, key))));
        }
    }

    private AutotaskAccount seal(
            UserModel user,
            Optional<AutotaskCredentialModel> before,
            AutotaskSecret secret,
            long updatedAt,
            SealingKey key) {
        return write(
                user,
                before,
                new Shown(secret.username(), updatedAt, key.kid()),
                Envelope.seal(SealedAccount.of(realm, user.getId(), secret), key));
    }

    private AutotaskAccount write(UserModel user, Optional<AutotaskCredentialModel> before, Shown shown, String jwe) {
        // The id is derived from the user, so that the second of two concurrent inserts fails with a conflict.
        String id = before.map(CredentialModel::getId)
                .orElseGet(() -> UUID.nameUUIDFromBytes((AutotaskCredentialProviderFactory.TYPE + ":" + user.getId())
                                .getBytes(StandardCharsets.UTF_8))
                        .toString());
        AutotaskCredentialModel row = new AutotaskCredentialModel(id, shown, jwe);
        if (before.isPresent()) {
            row.setUserLabel(before.get().getUserLabel());
            user.credentialManager().updateStoredCredential(row);
        } else {
            user.credentialManager().createStoredCredential(row);
        }
        return row.shown();
    }

    private Optional<AutotaskCredentialModel> row(UserModel user) {
        return rows(user).stream().findFirst();
    }

    /** At most one row, unless an import created more. */
    private static List<AutotaskCredentialModel> rows(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(AutotaskCredentialProviderFactory.TYPE)
                .map(AutotaskCredentialModel::new)
                .toList();
    }

    private static Refusal noKey(String kid) {
        LOG.errorf(
                "The Vault has no key '%s' for Autotask passwords. Put 32 random bytes there, as Base64, or"
                        + " name other entries in the option %s",
                kid, AutotaskConfig.keysOption());
        return Refusals.noKey(kid);
    }

    private static boolean isUsername(String username) {
        return username != null
                && username.length() <= MAX_USERNAME
                && username.chars().noneMatch(Character::isISOControl)
                && EmailValidationUtil.isValidEmail(username);
    }

    private static boolean isPassword(String password) {
        return !password.isEmpty()
                && password.length() <= MAX_PASSWORD
                && password.chars().noneMatch(Character::isISOControl);
    }
}
