package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.profile.KnownNames;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Creates many users in one transaction, all or none. Checks every row before it writes the first one, so that the report
 * contains all problems.
 */
public final class UserImport {

    /** Flushes and clears the persistence context after this many users; Hibernate checks all of it at each flush. */
    private static final int BATCH = 64;

    private final KeycloakSession session;
    private final EntityManager em;
    private final Accounts accounts;
    private final AccountUsers users;
    private final UserCreation creation;
    private final LoginNameClaims names;
    private final UserData data;
    private final Passwords passwords;

    UserImport(
            KeycloakSession session,
            EntityManager em,
            Accounts accounts,
            AccountUsers users,
            UserCreation creation,
            LoginNameClaims names,
            UserData data,
            Passwords passwords) {
        this.session = session;
        this.em = em;
        this.accounts = accounts;
        this.users = users;
        this.creation = creation;
        this.names = names;
        this.data = data;
        this.passwords = passwords;
    }

    /**
     * A row to import.
     *
     * @param user as far as the row could be read: a value with a problem is empty, and the role is null
     * @param wrong the problems of the row
     */
    public record Row(int number, NewUser user, List<Reason> wrong) {

        public Row {
            wrong = List.copyOf(wrong);
        }

        /** The login names that could be read. */
        private Stream<String> names() {
            return Stream.of(user.email(), user.username())
                    .filter(name -> !name.isEmpty())
                    .map(LoginNameClaims::normalize)
                    .distinct();
        }
    }

    /**
     * The result of an import.
     *
     * @param rows the rows in their order, each with its problems
     * @param created the ids of the created users by row number; empty unless all were created
     */
    public record Result(List<Row> rows, Map<Integer, String> created) {

        public Result {
            rows = List.copyOf(rows);
            created = Map.copyOf(created);
        }

        /** The number of rows with problems. */
        public long wrong() {
            return rows.stream().filter(row -> !row.wrong().isEmpty()).count();
        }
    }

    /**
     * Checks rows and changes nothing.
     *
     * @return the rows with their problems, and no created users
     */
    public Result check(Account account, List<Row> rows, Actor actor) {
        KnownNames.markUnique(session);
        return new Result(checked(account, rows, names.owners(namesIn(rows)).keySet(), actor), Map.of());
    }

    /** Hashes the passwords of rows, before {@link #create} locks anything. */
    public PasswordHashing hashing() {
        return new PasswordHashing(
                session.getKeycloakSessionFactory(),
                session.getContext().getRealm().getPasswordPolicy());
    }

    /**
     * Checks rows again, now that the account and all names are locked, and creates the users unless a row has a problem.
     *
     * @param hashes the hashes of the passwords by row number
     * @param progress called once for each user created
     * @throws Refusal if the account no longer exists
     */
    public Result create(
            Account requested,
            List<Row> rows,
            Map<Integer, PasswordCredentialModel> hashes,
            Actor actor,
            Runnable progress) {
        Account account = accounts.lockForUserChange(requested).orElseThrow(Refusal::notFound);
        Set<String> given = namesIn(rows);
        names.claim(given);
        KnownNames.markUnique(session);
        List<Row> checked = checked(account, rows, names.owners(given).keySet(), actor);
        boolean valid = checked.stream().allMatch(row -> row.wrong().isEmpty());
        return new Result(checked, valid ? create(account, checked, hashes, progress, actor) : Map.of());
    }

    /**
     * Checks rows and, unless one has a problem, creates the users.
     *
     * @param dryRun only check
     * @throws Refusal if the account no longer exists
     */
    public Result run(Account account, List<Row> rows, boolean dryRun, Actor actor) {
        if (!dryRun && !hasPasswords(rows)) {
            return create(account, rows, Map.of(), actor, () -> {});
        }
        Result checked = check(account, rows, actor);
        if (dryRun || checked.wrong() > 0) {
            return checked;
        }
        return create(account, rows, hashing().hash(rows, () -> {}), actor, () -> {});
    }

    /** Whether there is a password to hash. Otherwise {@link #create} alone is faster: it checks the rows anyway. */
    public static boolean hasPasswords(List<Row> rows) {
        return rows.stream().anyMatch(row -> row.user().password().isPresent());
    }

    private List<Row> checked(Account account, List<Row> rows, Set<String> taken, Actor actor) {
        AccountRules rules = new AccountRules(account, users);
        Map<String, Integer> seen = new HashMap<>();
        List<Row> checked = new ArrayList<>();
        for (Row row : rows) {
            RowProblems problems = new RowProblems(row);
            check(row.user(), rules, problems, actor);
            row.names().forEach(name -> {
                String field = LoginNameClaims.same(name, row.user().email()) ? "email" : "username";
                Integer earlier = seen.putIfAbsent(name, row.number());
                if (earlier != null) {
                    problems.add(Reason.of(field, "wiseSyncImportTwice", earlier));
                } else if (taken.contains(name)) {
                    problems.add(Reason.of(field, "wiseSyncAddressTaken"));
                }
            });
            checked.add(new Row(row.number(), row.user(), problems.all()));
        }
        return checked;
    }

    /** Checks each value that could be read. */
    private void check(NewUser user, AccountRules rules, RowProblems problems, Actor actor) {
        if (user.role() != null) {
            problems.collect(() -> rules.requireReadyFor(user.role(), actor));
        }
        if (user.role() != null && !problems.concern("companies")) {
            problems.collect(() -> rules.requireFitting(user.role(), user.companies(), actor));
        }
        if (!problems.concern("password")) {
            user.password()
                    .ifPresent(password ->
                            problems.collect(() -> passwords.check(password, user.username(), user.email())));
        }
        problems.collect(() -> data.check(user));
    }

    private Map<Integer, String> create(
            Account account,
            List<Row> rows,
            Map<Integer, PasswordCredentialModel> hashes,
            Runnable progress,
            Actor actor) {
        Map<Integer, String> created = new HashMap<>();
        // Keycloak's batch mode: no flush for each user, so that JDBC sends many rows at once.
        EntityManagers.runInBatch(
                session,
                () -> rows.forEach(row -> {
                    created.put(
                            row.number(),
                            creation.add(account, row.user(), Optional.ofNullable(hashes.get(row.number())), actor)
                                    .getId());
                    progress.run();
                    if (created.size() % BATCH == 0) {
                        EntityManagers.flush(session, true);
                    }
                }),
                false);
        em.flush();
        return created;
    }

    private static Set<String> namesIn(List<Row> rows) {
        return rows.stream().flatMap(Row::names).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
