package com.wisesync.keycloak.sessions;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.outbox.Digest;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.OutboxEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.keycloak.util.JsonSerialization;

/**
 * The outbox row of kind {@value #KIND}: which sessions have to end.
 *
 * @param type what to do
 * @param cutoff the sessions that started in this second (since 1970) or earlier end; 0 for {@code CHECK}
 * @param keep the id of the online session that continues; may be null
 * @param after the id of the last member or account already expanded, for a row about all of them; may be null
 * @param user the id of the user if it is too long for the owner of the row; null otherwise
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record SessionEntry(Type type, int cutoff, String keep, String after, String user) {

    /** The kind of these rows. */
    public static final String KIND = "sessions";

    /** What a row asks for. Rows about members and accounts are expanded into one row for each. */
    public enum Type {
        /** End the user's online and offline sessions up to the cutoff. */
        END,
        /** The same, and end logins in progress. */
        END_WITH_LOGINS,
        /** End the client sessions of applications that the user may not enter any more. */
        CHECK,
        /** END_WITH_LOGINS for every member of the account. */
        END_MEMBERS,
        /** CHECK for every member of the account who has a session. */
        CHECK_MEMBERS,
        /** CHECK_MEMBERS for every account of the realm. */
        CHECK_ACCOUNTS;

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Ends all sessions of a user that started in the second {@code cutoff} or earlier. */
    public static NewEntry end(String realmId, String userId, int cutoff) {
        return ofUser(Type.END, realmId, userId, cutoff, null);
    }

    /** The same, and logins in progress have to start again. */
    static NewEntry endWithLogins(String realmId, String userId, int cutoff) {
        return ofUser(Type.END_WITH_LOGINS, realmId, userId, cutoff, null);
    }

    /** The same as {@link #end}, but the online session {@code keep} continues. */
    public static NewEntry endOthers(String realmId, String userId, int cutoff, String keep) {
        return ofUser(Type.END, realmId, userId, cutoff, keep);
    }

    /** Ends the user's client sessions of applications that they may not enter any more. */
    public static NewEntry check(String realmId, String userId) {
        return ofUser(Type.CHECK, realmId, userId, 0, null);
    }

    /** Ends all sessions and logins in progress of every member of an account. */
    public static NewEntry endMembers(String realmId, String accountId, int cutoff) {
        return new SessionEntry(Type.END_MEMBERS, cutoff, null, null, null).entry(realmId, accountId);
    }

    /** The same as {@link #check} for every member of an account. */
    public static NewEntry checkMembers(String realmId, String accountId) {
        return new SessionEntry(Type.CHECK_MEMBERS, 0, null, null, null).entry(realmId, accountId);
    }

    /** The same as {@link #checkMembers} for every account of the realm. */
    public static NewEntry checkAccounts(String realmId) {
        return new SessionEntry(Type.CHECK_ACCOUNTS, 0, null, null, null).entry(realmId, realmId);
    }

    static SessionEntry of(OutboxEntry entry) {
        try {
            return JsonSerialization.readValue(entry.payload(), SessionEntry.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Unreadable payload of outbox row " + entry.id(), e);
        }
    }

    /** The user of a row that is not about members: a federated id may be longer than an owner. */
    String userId(OutboxEntry entry) {
        return user == null ? entry.ownerId() : user;
    }

    private static NewEntry ofUser(Type type, String realmId, String userId, int cutoff, String keep) {
        String owner = Digest.ownerId(userId);
        return new SessionEntry(type, cutoff, keep, null, owner.equals(userId) ? null : userId).entry(realmId, owner);
    }

    SessionEntry from(String lastId) {
        return new SessionEntry(type, cutoff, keep, lastId, user);
    }

    NewEntry entry(String realmId, String ownerId) {
        try {
            return new NewEntry(KIND, realmId, ownerId, type.id(), JsonSerialization.writeValueAsString(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
