package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.ScimLink;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.mail.Invitations;
import com.wisesync.keycloak.mail.Notice;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.sessions.Sessions;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Edits the name, email, username, role and companies of a user. */
public final class UserEditing {

    private final RealmModel realm;
    private final EntityManager em;
    private final LockedUsers locked;
    private final AccountUsers users;
    private final LoginNameClaims names;
    private final UserData data;
    private final Sessions sessions;
    private final Emails emails;
    private final FirstInvitation invitation;

    UserEditing(
            RealmModel realm,
            EntityManager em,
            LockedUsers locked,
            AccountUsers users,
            LoginNameClaims names,
            UserData data,
            Sessions sessions,
            Emails emails,
            FirstInvitation invitation) {
        this.realm = realm;
        this.em = em;
        this.locked = locked;
        this.users = users;
        this.names = names;
        this.data = data;
        this.sessions = sessions;
        this.emails = emails;
        this.invitation = invitation;
    }

    /** Computes the wanted state of a user from the current one. */
    @FunctionalInterface
    public interface Edit {

        /** @param current the user as committed in the database */
        UserEdit from(AccountUser current);
    }

    /**
     * Edits a user. Changes of email or username by another user end the user's sessions and notify the user, at the old
     * address too. A user who has not accepted an invitation is invited again instead, unless it was revoked.
     *
     * @param versions {@link AccountUser#version() versions} of which one must be current; empty for any
     * @throws Refusal if the edit is stale, not allowed or invalid
     */
    public UserChange edit(Account account, String userId, Optional<Set<String>> versions, Actor actor, Edit edit) {
        Account current = locked.lock(account);
        UserModel user = locked.lockedModel(userId);
        AccountUser before = locked.readCommitted(current, userId);
        if (versions.filter(any -> !any.contains(before.version())).isPresent()) {
            throw Refusal.of(Refusal.Kind.STALE, "wiseSyncStale", before.displayName());
        }
        UserEdit wanted = edit.from(before);
        Difference difference = Difference.of(before, wanted);
        requireAllowed(difference, actor, userId);
        requireNotManaged(difference, actor, before);
        AccountRules rules = new AccountRules(current, users);
        if (difference.role()) {
            rules.requireMayChangeRole(actor);
            rules.requireNotLastAdmin(before, "wiseSyncLastAdminKeepsRole");
        }
        if (difference.role() || difference.companies()) {
            rules.requireFitting(wanted.role(), wanted.companies(), actor);
        }
        if (difference.loginNames()) {
            actor.requireRecentLogin();
            names.claimOrRefuse(wanted.username(), wanted.email(), userId);
        }
        if (difference.role()) {
            changeRole(user, wanted.role());
        }
        data.update(user, wanted);
        ScimLink.touch(user);
        if (difference.email()) {
            user.setEmailVerified(false);
        }
        if (difference.loginNames()) {
            sendEmails(user, before, difference.email(), actor);
        }
        em.flush();
        if (difference.loginNames()) {
            sessions.end(user);
        }
        AccountUser after = locked.readCommitted(current, userId);
        invitation.sendIfDue(user, after, actor);
        return new UserChange(before, after);
    }

    /**
     * Notifies users who know their account; users who have not accepted their invitation get it again, with the new email and
     * username. The old address of an invited user gets a notice only if the directory changed it after the invitation was mailed:
     * an administrator corrects an address that was never the user's.
     */
    private void sendEmails(UserModel user, AccountUser before, boolean emailChanged, Actor actor) {
        boolean hasUsedAccount = Invitations.hasUsedAccount(user);
        if (emailChanged && (hasUsedAccount || (actor.isDirectory() && before.isInvitationMailed()))) {
            emails.notifyUser(user, Notice.EMAIL_CHANGED, before.email());
        }
        if (before.isInvited()) {
            // A disabled user is invited again when enabled.
            if (before.enabled()) {
                emails.invite(user, actor.userId());
            }
        } else if (hasUsedAccount) {
            emails.notifyUser(user, emailChanged ? Notice.EMAIL_CHANGED : Notice.USERNAME_CHANGED);
        }
    }

    /** The directory would overwrite names and email at its next synchronization. */
    private static void requireNotManaged(Difference difference, Actor actor, AccountUser before) {
        if (!actor.isDirectory() && before.managedByDirectory() && (difference.names() || difference.loginNames())) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "wiseSyncManagedByDirectory");
        }
    }

    /**
     * Users cannot change their own role, email or username here. A stolen session could otherwise take over the account
     * through "forgot password", and an admin could lose their rights with one click. A directory acts with the id of the
     * creator of its token, and may manage this user like any other.
     */
    private static void requireAllowed(Difference difference, Actor actor, String userId) {
        if (!actor.isStaff() && !actor.isAccountAdmin() && difference.moreThanNames()) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "wiseSyncOwnNamesOnly");
        }
        if (!actor.isDirectory() && actor.userId().equals(userId)) {
            List<Refusal.Reason> reasons = new ArrayList<>();
            if (difference.role()) {
                reasons.add(Refusal.Reason.of("role", "wiseSyncNotYourOwnRole"));
            }
            if (difference.email()) {
                reasons.add(Refusal.Reason.of("email", "wiseSyncNotYourOwnEmail"));
            }
            if (difference.username()) {
                reasons.add(Refusal.Reason.of("username", "wiseSyncNotYourOwnUsername"));
            }
            if (!reasons.isEmpty()) {
                throw new Refusal(Refusal.Kind.FORBIDDEN, reasons);
            }
        }
    }

    /** Grants before it revokes, so that a user of an account is never without a role. */
    private void changeRole(UserModel user, Role role) {
        user.grantRole(role.require(realm));
        for (Role other : Role.values()) {
            other.find(realm)
                    .filter(held -> other != role && user.hasDirectRole(held))
                    .ifPresent(user::deleteRoleMapping);
        }
    }

    /** Which fields an edit changes; addresses are compared normalised. */
    private record Difference(boolean role, boolean companies, boolean email, boolean username, boolean names) {

        static Difference of(AccountUser before, UserEdit wanted) {
            return new Difference(
                    before.role().filter(wanted.role()::equals).isEmpty(),
                    !wanted.companies().equals(before.companies()),
                    !LoginNameClaims.same(wanted.email(), before.email()),
                    !LoginNameClaims.same(wanted.username(), before.username()),
                    !wanted.firstName().equals(Objects.requireNonNullElse(before.firstName(), ""))
                            || !wanted.lastName().equals(Objects.requireNonNullElse(before.lastName(), "")));
        }

        boolean loginNames() {
            return email || username;
        }

        boolean moreThanNames() {
            return role || companies || email || username;
        }
    }
}
