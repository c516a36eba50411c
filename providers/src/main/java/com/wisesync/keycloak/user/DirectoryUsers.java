package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.ScimLink;
import com.wisesync.keycloak.role.Rank;
import com.wisesync.keycloak.role.Role;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The users that the directory of an account manages: those it created, and those an account-admin linked. It never changes
 * account-admins, staff, or a role.
 */
public final class DirectoryUsers {

    private final RealmModel realm;
    private final EntityManager em;
    private final LockedUsers locked;
    private final DirectoryList list;
    private final UserCreation creation;
    private final UserEditing editing;
    private final UserStatus status;
    private final FirstInvitation invitation;

    DirectoryUsers(
            RealmModel realm,
            EntityManager em,
            LockedUsers locked,
            AccountUsers users,
            UserCreation creation,
            UserEditing editing,
            UserStatus status,
            FirstInvitation invitation) {
        this.realm = realm;
        this.em = em;
        this.locked = locked;
        this.list = new DirectoryList(em, realm, users);
        this.creation = creation;
        this.editing = editing;
        this.status = status;
        this.invitation = invitation;
    }

    /**
     * A user before and after a change of the directory.
     *
     * @param before empty if the user was created
     */
    public record DirectoryChange(Optional<DirectoryUser> before, DirectoryUser after) {}

    /** One page, sorted by id. */
    public List<DirectoryUser> page(Account account, DirectoryQuery query) {
        return list.page(account, query);
    }

    /** The number of users that match. */
    public long count(Account account, DirectoryQuery query) {
        return list.count(account, query);
    }

    /** The users with these usernames or emails that an account-admin can link: below account-admin, and not managed yet. */
    public List<AccountUser> linkable(Account account, List<String> names) {
        return names.isEmpty()
                ? List.of()
                : list.named(account, names).stream()
                        .filter(user -> !user.managedByDirectory())
                        .filter(user -> user.role()
                                .filter(role -> role != Role.ACCOUNT_ADMIN)
                                .isPresent())
                        .toList();
    }

    /** @throws Refusal if the directory manages no such user of the account */
    public DirectoryUser require(Account account, String userId) {
        return list.find(account, userId, ScimLink.managed()).orElseThrow(Refusal::notFound);
    }

    /**
     * Creates a user with the role {@code user}, without an invitation until the user has access. Restores the user with this
     * username that the directory had deleted. Changes the user with another username that an account-admin linked with this
     * external id, once: external ids are not unique in every directory, so any other user with this id stays as it is.
     *
     * @param defaults the companies of new users, as the account sets them; empty if the directory does
     * @throws Refusal if the data is invalid, or another user has the username or email
     */
    public DirectoryChange create(Account account, DirectoryEdit requested, List<String> defaults, Actor actor) {
        Account current = locked.lock(account);
        Optional<DirectoryUser> linked = findRenamed(current, requested);
        if (linked.isPresent()) {
            DirectoryUser before = linked.get();
            boolean keepsCompanies =
                    !defaults.isEmpty() || requested.companies().isEmpty();
            DirectoryEdit edit =
                    keepsCompanies ? requested.withCompanies(before.user().companies()) : requested;
            apply(current, before, changeable(before), edit, actor);
            return new DirectoryChange(linked, require(current, before.user().id()));
        }
        DirectoryEdit wanted = defaults.isEmpty() ? requested : requested.withCompanies(defaults);
        Optional<DirectoryUser> removed = list.findRemoved(current, wanted.username());
        if (removed.isPresent()) {
            return restore(current, removed.get(), wanted, actor);
        }
        NewUser user = new NewUser(
                Role.USER,
                wanted.companies(),
                wanted.firstName(),
                wanted.lastName(),
                wanted.email(),
                wanted.username(),
                Optional.empty());
        UserModel created = creation.createForDirectory(current, user, wanted.active(), actor);
        (wanted.active() ? ScimLink.MANAGED : ScimLink.DISABLED).store(created);
        wanted.externalId().ifPresent(id -> created.setSingleAttribute(ScimLink.EXTERNAL_ID, id));
        em.flush();
        DirectoryUser after = require(current, created.getId());
        invitation.sendIfDue(created, after.user(), actor);
        return new DirectoryChange(Optional.empty(), after);
    }

    /**
     * Changes a user. Writes nothing if the user already is as wanted, unless it was linked and never changed before.
     *
     * @param versions {@link DirectoryUser#version() versions} of which one must be current; empty for any
     * @param edit computes the wanted state from the current one
     * @throws Refusal if the directory manages no such user, the user is an account-admin or staff, or the edit is stale or
     *     invalid
     */
    public DirectoryChange change(
            Account account,
            String userId,
            Optional<Set<String>> versions,
            UnaryOperator<DirectoryEdit> edit,
            Actor actor) {
        DirectoryUser seen = require(account, userId);
        if (versions.isEmpty() && seen.link() != ScimLink.LINKED && isUnchanged(seen, edit.apply(seen.unchanged()))) {
            return new DirectoryChange(Optional.of(seen), seen);
        }
        Account current = locked.lock(account);
        DirectoryUser before = require(current, userId);
        requireCurrent(before, versions);
        UserModel user = changeable(before);
        apply(current, before, user, edit.apply(before.unchanged()), actor);
        return new DirectoryChange(Optional.of(before), require(current, userId));
    }

    /** Disables a user and hides it from the directory, until the directory creates it again. */
    public DirectoryChange remove(Account account, String userId, Optional<Set<String>> versions, Actor actor) {
        Account current = locked.lock(account);
        DirectoryUser before = require(current, userId);
        requireCurrent(before, versions);
        UserModel user = changeable(before);
        boolean byDirectory = before.user().enabled() || before.link() == ScimLink.DISABLED;
        status.disable(current, userId, actor);
        (byDirectory ? ScimLink.REMOVED : ScimLink.REMOVED_WHILE_DISABLED).store(user);
        em.flush();
        return new DirectoryChange(
                Optional.of(before),
                list.find(current, userId, List.of(ScimLink.values())).orElseThrow());
    }

    /**
     * Lets the directory manage an existing user.
     *
     * @param externalId the id of the user in the directory; without it, the directory finds the user by username
     * @throws Refusal if the user is an account-admin or staff, or another user has this external id
     */
    public void link(Account account, String userId, Optional<String> externalId) {
        Account current = locked.lock(account);
        AccountUser before = locked.readCommitted(current, userId);
        UserModel user = locked.lockedModel(userId);
        requireBelowAdmin(before, user);
        DirectoryQuery same = new DirectoryQuery(Optional.empty(), Optional.empty(), externalId, 0, 2);
        if (externalId.isPresent()
                && list.page(current, same).stream()
                        .anyMatch(other -> !other.user().id().equals(userId))) {
            throw Refusal.conflict("externalId", "wiseSyncScimExternalIdTaken");
        }
        if (!ScimLink.isManaged(user)) {
            ScimLink.clear(user);
            ScimLink.LINKED.store(user);
        }
        externalId.ifPresent(id -> user.setSingleAttribute(ScimLink.EXTERNAL_ID, id));
        em.flush();
    }

    /** Unlinks a user from the directory. Does nothing if the directory does not manage the user. */
    public void unlink(Account account, String userId) {
        locked.lock(account);
        UserModel user = locked.lockedModel(userId);
        ScimLink.clear(user);
        em.flush();
    }

    private Optional<DirectoryUser> findRenamed(Account account, DirectoryEdit wanted) {
        return wanted.externalId()
                .flatMap(id -> list.findLinked(account, id))
                .filter(found -> !LoginNameClaims.same(found.user().username(), wanted.username()));
    }

    private DirectoryChange restore(Account account, DirectoryUser removed, DirectoryEdit wanted, Actor actor) {
        UserModel user = changeable(removed);
        boolean byDirectory = removed.link() == ScimLink.REMOVED;
        (byDirectory && !removed.user().enabled() ? ScimLink.DISABLED : ScimLink.MANAGED).store(user);
        em.flush();
        DirectoryUser before = require(account, removed.user().id());
        DirectoryEdit edit = wanted.companies().isEmpty()
                ? wanted.withCompanies(removed.user().companies())
                : wanted;
        apply(account, before, user, edit, actor);
        return new DirectoryChange(
                Optional.of(removed), require(account, removed.user().id()));
    }

    private void apply(Account account, DirectoryUser before, UserModel user, DirectoryEdit requested, Actor actor) {
        String id = before.user().id();
        DirectoryEdit wanted = storable(before, requested);
        if (before.user().enabled() && !wanted.active()) {
            status.disable(account, id, actor);
            ScimLink.DISABLED.store(user);
            // A company that was disconnected does not keep the directory from disabling the user.
            wanted = wanted.withCompanies(wanted.companies().stream()
                    .filter(company -> account.company(company).isPresent())
                    .toList());
        } else if (before.link() == ScimLink.LINKED) {
            ScimLink.MANAGED.store(user);
        }
        if (!before.externalId().equals(wanted.externalId())) {
            wanted.externalId()
                    .ifPresentOrElse(
                            value -> user.setSingleAttribute(ScimLink.EXTERNAL_ID, value),
                            () -> user.removeAttribute(ScimLink.EXTERNAL_ID));
            ScimLink.touch(user);
        }
        // The use cases below read the user from the database again.
        em.flush();
        // Invalid data, which an import may leave, does not keep the directory from disabling the user.
        if (!wanted.hasSameData(before.unchanged())) {
            Role role = before.user().role().orElseThrow(Refusal::forbidden);
            UserEdit edit = new UserEdit(
                    wanted.firstName(), wanted.lastName(), wanted.email(), wanted.username(), role, wanted.companies());
            editing.edit(account, id, Optional.empty(), actor, current -> edit);
        }
        if (!before.user().enabled() && wanted.active() && before.link() == ScimLink.DISABLED) {
            status.enable(account, id, actor);
        }
        em.flush();
    }

    /** A user who was disabled by someone else stays disabled, whatever the directory wants. */
    private static boolean isUnchanged(DirectoryUser user, DirectoryEdit wanted) {
        DirectoryEdit now = user.unchanged();
        boolean stays = !now.active() && wanted.active() && user.link() != ScimLink.DISABLED;
        return storable(user, wanted).hasSameData(now)
                && now.externalId().equals(wanted.externalId())
                && (now.active() == wanted.active() || stays);
    }

    /** Without companies for a user whose role has none, whatever the directory maps. */
    private static DirectoryEdit storable(DirectoryUser user, DirectoryEdit wanted) {
        boolean hasCompanies =
                user.user().role().filter(role -> !role.listsCompanies()).isEmpty();
        return hasCompanies ? wanted : wanted.withCompanies(List.of());
    }

    private UserModel changeable(DirectoryUser user) {
        UserModel model = locked.lockedModel(user.user().id());
        requireBelowAdmin(user.user(), model);
        return model;
    }

    private void requireBelowAdmin(AccountUser user, UserModel model) {
        boolean admin = user.role().filter(Role.ACCOUNT_ADMIN::equals).isPresent();
        if (admin || Rank.of(realm, model) != Rank.MEMBER) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "wiseSyncScimNotAdmins", user.displayName());
        }
    }

    private static void requireCurrent(DirectoryUser user, Optional<Set<String>> versions) {
        if (versions.filter(any -> !any.contains(user.version())).isPresent()) {
            throw Refusal.of(Refusal.Kind.STALE, "wiseSyncStale", user.user().displayName());
        }
    }
}
