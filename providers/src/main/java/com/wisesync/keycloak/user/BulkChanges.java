package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.account.ScimLink;
import com.wisesync.keycloak.mail.Emails;
import com.wisesync.keycloak.role.Rank;
import com.wisesync.keycloak.role.Role;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Changes many users of an account in one transaction, all of them or none. Everything is checked before anything is written,
 * so that the report lists every problem and a dry run needs no rollback.
 */
public final class BulkChanges {

    /** How many users one call changes at most. */
    public static final int MAX_USERS = 500;

    /** What is done to each of the users. */
    public enum Action {
        /** Assigns companies in addition to those a user has. */
        ASSIGN,
        /** Takes companies away. */
        UNASSIGN,
        /** Disables. */
        DISABLE,
        /** Sends invitations again, but not those that were revoked. */
        INVITE;

        /** The action with this id in the API; empty if there is none. */
        public static Optional<Action> find(String id) {
            return List.of(values()).stream()
                    .filter(action -> action.id().equals(id))
                    .findFirst();
        }

        /** The value in the API. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the action needs companies. */
        public boolean needsCompanies() {
            return this == ASSIGN || this == UNASSIGN;
        }
    }

    /**
     * The change to make.
     *
     * @param action what is done to each user
     * @param users the ids of the users, at most {@value #MAX_USERS}; repeated ids count once
     * @param companies the ids of the companies; empty unless the action needs them
     */
    public record Order(Action action, List<String> users, List<String> companies) {

        /** Drops repeated ids. */
        public Order {
            users = List.copyOf(new LinkedHashSet<>(users));
            companies = List.copyOf(new LinkedHashSet<>(companies));
        }
    }

    /**
     * One user of the report.
     *
     * @param id the id that was sent
     * @param before the user before; empty if the account has no such user
     * @param after the user after it; the same as before if nothing was or would be changed
     * @param changes whether there is anything to change
     * @param problems why the user can't be changed
     */
    public record Row(
            String id,
            Optional<AccountUser> before,
            Optional<AccountUser> after,
            boolean changes,
            List<Reason> problems) {

        /** Copies the problems. */
        public Row {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The report.
     *
     * @param rows one for each user, in the order of the request
     * @param applied whether the changes were made
     */
    public record Result(List<Row> rows, boolean applied) {

        /** Copies the rows. */
        public Result {
            rows = List.copyOf(rows);
        }

        /** The number of users with problems. */
        public long invalid() {
            return rows.stream().filter(row -> !row.problems().isEmpty()).count();
        }
    }

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;
    private final LockedUsers locked;
    private final AccountUsers users;
    private final UserStatus status;
    private final Emails emails;
    private final FirstInvitation invitation;

    BulkChanges(
            KeycloakSession session,
            EntityManager em,
            LockedUsers locked,
            AccountUsers users,
            UserStatus status,
            Emails emails,
            FirstInvitation invitation) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.em = em;
        this.locked = locked;
        this.users = users;
        this.status = status;
        this.emails = emails;
        this.invitation = invitation;
    }

    /**
     * Checks every user and, unless it is a dry run or any user has a problem, changes them all.
     *
     * @throws Refusal if the account no longer exists or does not have one of the companies
     */
    public Result run(Account account, Order order, boolean dryRun, Actor actor) {
        Account current = locked.lock(account);
        if (order.companies().stream().anyMatch(id -> current.company(id).isEmpty())) {
            throw Refusal.invalid("companies", "wiseSyncCompanyUnknown");
        }
        Map<String, AccountUser> found = byId(users.findAll(current, order.users()));
        Set<String> lastAdmins = order.action() == Action.DISABLE ? lastAdmins(current, found) : Set.of();
        List<Row> rows = new ArrayList<>();
        withoutFlushes(() -> order.users()
                .forEach(id -> rows.add(Optional.ofNullable(found.get(id))
                        .map(user -> check(user, order, actor, lastAdmins.contains(id), current))
                        .orElseGet(() -> new Row(
                                id,
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                List.of(Reason.of(null, "wiseSyncNotFound")))))));
        boolean allValid = rows.stream().allMatch(row -> row.problems().isEmpty());
        return dryRun || !allValid ? new Result(rows, false) : apply(current, order, rows, actor);
    }

    private Row check(AccountUser user, Order order, Actor actor, boolean lastAdmin, Account account) {
        List<Reason> problems = new ArrayList<>();
        Rank own = actor.isStaff() ? Rank.STAFF : Rank.MEMBER;
        UserModel model = session.users().getUserById(realm, user.id());
        boolean self = actor.userId().equals(user.id());
        if (model == null || !self && Rank.of(realm, model).compareTo(own) > 0) {
            problems.add(Reason.of(null, "wiseSyncForbidden"));
        }
        boolean changes = switch (order.action()) {
            case ASSIGN, UNASSIGN -> checkCompanies(user, order, problems);
            case DISABLE -> {
                if (self) {
                    problems.add(Reason.of(null, "wiseSyncNotYourself"));
                } else if (lastAdmin) {
                    problems.add(Reason.of(null, "wiseSyncLastAdminStaysEnabled", user.displayName(), account.name()));
                }
                yield user.enabled() || model != null && ScimLink.directoryMayEnable(model);
            }
            case INVITE -> {
                if (user.invitation().isEmpty()) {
                    problems.add(Reason.of(null, "wiseSyncBulkNotInvited", user.displayName()));
                } else if (!user.isInvited()) {
                    problems.add(Reason.of(null, "wiseSyncBulkInvitationRevoked", user.displayName()));
                } else if (!user.enabled()) {
                    problems.add(Reason.of(null, "wiseSyncUserIsDisabled", user.displayName()));
                }
                yield true;
            }
        };
        return new Row(user.id(), Optional.of(user), Optional.of(user), changes, problems);
    }

    private static boolean checkCompanies(AccountUser user, Order order, List<Reason> problems) {
        List<String> after = companiesAfter(user, order);
        boolean changes = !after.equals(user.companies());
        if (user.role().filter(Role::listsCompanies).isEmpty()) {
            problems.add(Reason.of("companies", "wiseSyncCompaniesNeedRoleUser"));
        } else if (changes && after.isEmpty()) {
            problems.add(Reason.of("companies", "wiseSyncBulkNoOtherCompany", user.displayName()));
        }
        return changes;
    }

    private static List<String> companiesAfter(AccountUser user, Order order) {
        Set<String> after = new TreeSet<>(user.companies());
        if (order.action() == Action.ASSIGN) {
            after.addAll(order.companies());
        } else {
            order.companies().forEach(after::remove);
        }
        return List.copyOf(after);
    }

    /** The account-admins of the request, if disabling all of them left none who can work. */
    private Set<String> lastAdmins(Account account, Map<String, AccountUser> found) {
        List<AccountUser> admins = found.values().stream()
                .filter(AccountUser::enabled)
                .filter(user -> user.role().filter(Role.ACCOUNT_ADMIN::equals).isPresent())
                .toList();
        long loggedIn = users.count(account, UserQuery.enabledAdminsWhoLoggedIn());
        long leaving =
                admins.stream().filter(admin -> admin.lastLogin().isPresent()).count();
        boolean none = loggedIn == 0
                ? users.count(account, UserQuery.enabledAdmins(0, 1)) <= admins.size()
                : loggedIn <= leaving;
        return none ? admins.stream().map(AccountUser::id).collect(Collectors.toSet()) : Set.of();
    }

    private Result apply(Account account, Order order, List<Row> rows, Actor actor) {
        List<Row> changing = rows.stream().filter(Row::changes).toList();
        if (order.action().needsCompanies()) {
            withoutFlushes(() -> changing.forEach(row -> assign(row.before().orElseThrow(), order)));
        } else {
            changing.forEach(row -> change(account, row.before().orElseThrow(), order.action(), actor));
        }
        em.flush();
        Map<String, AccountUser> after =
                byId(users.findAll(account, changing.stream().map(Row::id).toList()));
        if (order.action() == Action.ASSIGN) {
            after.values().forEach(user -> invitation.sendIfDue(model(user), user, actor));
        }
        return new Result(
                rows.stream()
                        .map(row -> new Row(
                                row.id(),
                                row.before(),
                                Optional.ofNullable(after.getOrDefault(
                                        row.id(), row.before().orElse(null))),
                                row.changes(),
                                row.problems()))
                        .toList(),
                true);
    }

    /**
     * In Keycloak's batch mode: the flush before each query would look at every company of the account and every user read so far.
     * No query here depends on what was just written.
     */
    private void withoutFlushes(Runnable work) {
        EntityManagers.runInBatch(session, work, false);
    }

    private void assign(AccountUser user, Order order) {
        UserModel model = model(user);
        model.setAttribute(Company.USER_ATTRIBUTE, companiesAfter(user, order));
        ScimLink.touch(model);
    }

    private void change(Account account, AccountUser user, Action action, Actor actor) {
        if (action == Action.DISABLE) {
            status.disable(account, user.id(), actor);
        } else {
            emails.invite(model(user), actor.userId());
        }
    }

    private UserModel model(AccountUser user) {
        return Objects.requireNonNull(session.users().getUserById(realm, user.id()));
    }

    private static Map<String, AccountUser> byId(List<AccountUser> users) {
        return users.stream().collect(Collectors.toMap(AccountUser::id, Function.identity()));
    }
}
