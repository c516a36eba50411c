package com.wisesync.keycloak.user;

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
import java.util.stream.Stream;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.models.KeycloakSession;

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
     * @param user empty if the row could not be read
     * @param wrong the problems of the row
     */
    public record Row(int number, Optional<NewUser> user, List<Reason> wrong) {

        public Row {
            wrong = List.copyOf(wrong);
        }

        Row with(List<Reason> more) {
            return new Row(
                    number, user, Stream.concat(wrong.stream(), more.stream()).toList());
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
     * Checks rows and, unless one has a problem, creates the users.
     *
     * @param dryRun only check
     * @throws Refusal if the account no longer exists
     */
    public Result run(Account requested, List<Row> rows, boolean dryRun, Actor actor) {
        Account account = accounts.lockForUserChange(requested).orElseThrow(Refusal::notFound);
        Set<String> given = namesIn(rows);
        if (!dryRun) {
            names.claim(given);
        }
        KnownNames.markUnique(session);
        List<Row> checked = checked(account, rows, names.owners(given).keySet(), actor);
        boolean allRight = checked.stream().allMatch(row -> row.wrong().isEmpty());
        return new Result(checked, allRight && !dryRun ? create(account, checked, actor) : Map.of());
    }

    private List<Row> checked(Account account, List<Row> rows, Set<String> taken, Actor actor) {
        AccountRules rules = new AccountRules(account, users);
        Map<String, Integer> seen = new HashMap<>();
        List<Row> checked = new ArrayList<>();
        for (Row row : rows) {
            List<Reason> wrong = new ArrayList<>();
            row.user().ifPresent(user -> {
                collect(wrong, () -> rules.requireReadyFor(user.role(), actor));
                collect(wrong, () -> rules.requireFitting(user.role(), user.companies()));
                user.password()
                        .ifPresent(password ->
                                collect(wrong, () -> passwords.check(password, user.username(), user.email())));
                Map<String, String> own = new HashMap<>();
                own.put(LoginNameClaims.normalize(user.username()), "username");
                own.put(LoginNameClaims.normalize(user.email()), "email");
                own.forEach((name, field) -> {
                    Integer earlier = seen.putIfAbsent(name, row.number());
                    if (earlier != null) {
                        wrong.add(Reason.of(field, "wiseSyncImportTwice", earlier));
                    } else if (taken.contains(name)) {
                        wrong.add(Reason.of(field, "wiseSyncAddressTaken"));
                    }
                });
                if (wrong.isEmpty()) {
                    collect(wrong, () -> data.check(user));
                }
            });
            checked.add(row.with(wrong));
        }
        return checked;
    }

    private Map<Integer, String> create(Account account, List<Row> rows, Actor actor) {
        Map<Integer, String> created = new HashMap<>();
        // Keycloak's batch mode: no flush for each user, so that JDBC sends many rows at once.
        EntityManagers.runInBatch(
                session,
                () -> rows.forEach(row -> {
                    created.put(
                            row.number(),
                            creation.add(account, row.user().orElseThrow(), actor)
                                    .getId());
                    if (created.size() % BATCH == 0) {
                        EntityManagers.flush(session, true);
                    }
                }),
                false);
        em.flush();
        return created;
    }

    private static Set<String> namesIn(List<Row> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.stream().flatMap(row -> row.user().stream()).forEach(user -> {
            names.add(LoginNameClaims.normalize(user.username()));
            names.add(LoginNameClaims.normalize(user.email()));
        });
        return names;
    }

    private static void collect(List<Reason> wrong, Runnable check) {
        try {
            check.run();
        } catch (Refusal refusal) {
            wrong.addAll(refusal.reasons());
        }
    }
}
