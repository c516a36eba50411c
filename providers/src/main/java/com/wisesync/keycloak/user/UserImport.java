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
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.models.KeycloakSession;

/**
 * Creates many users in one transaction, all of them or none. Everything is checked before anything is written, so that
 * the report speaks of all that is wrong at once.
 */
public final class UserImport {

    /** After so many, what Hibernate holds is written and let go: it looks through all of it again and again otherwise. */
    private static final int BATCH = 64;

    private final KeycloakSession session;
    private final EntityManager em;
    private final Accounts accounts;
    private final AccountUsers users;
    private final UserCreation creation;
    private final Names names;
    private final UserData person;
    private final Passwords passwords;

    public UserImport(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.accounts = new Accounts(session);
        this.users = new AccountUsers(session);
        this.creation = new UserCreation(session);
        this.names = new Names(session);
        this.person = new UserData(session);
        this.passwords = new Passwords(session);
    }

    /**
     * A row to import.
     *
     * @param user empty if the row could not be understood
     * @param wrong what is wrong with it
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
     * What came of it.
     *
     * @param rows as they came in, with what is wrong with each
     * @param created the ids by the rows' numbers; none unless all were created
     */
    public record Result(List<Row> rows, Map<Integer, String> created) {

        public Result {
            rows = List.copyOf(rows);
            created = Map.copyOf(created);
        }

        public long wrong() {
            return rows.stream().filter(row -> !row.wrong().isEmpty()).count();
        }
    }

    public Result run(Account of, List<Row> rows, boolean dryRun, Actor actor) {
        Account account = accounts.lockForUserChange(of).orElseThrow(Refusal::notFound);
        Set<String> given = namesIn(rows);
        if (!dryRun) {
            names.claim(given);
        }
        KnownNames.in(session);
        List<Row> checked = checked(account, rows, names.owners(given).keySet(), actor);
        boolean allRight = checked.stream().allMatch(row -> row.wrong().isEmpty());
        return new Result(checked, allRight && !dryRun ? create(account, checked) : Map.of());
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
                own.put(Names.normal(user.username()), "username");
                own.put(Names.normal(user.email()), "email");
                own.forEach((name, field) -> {
                    Integer earlier = seen.putIfAbsent(name, row.number());
                    if (earlier != null) {
                        wrong.add(Reason.of(field, "wiseSyncImportTwice", earlier));
                    } else if (taken.contains(name)) {
                        wrong.add(Reason.of(field, "wiseSyncAddressTaken"));
                    }
                });
                if (wrong.isEmpty()) {
                    collect(wrong, () -> person.check(user));
                }
            });
            checked.add(row.with(wrong));
        }
        return checked;
    }

    private Map<Integer, String> create(Account account, List<Row> rows) {
        Map<Integer, String> created = new HashMap<>();
        // Keycloak's own mode for it: nothing is flushed for each user, so that JDBC takes many rows at once.
        EntityManagers.runInBatch(
                session,
                () -> rows.forEach(row -> {
                    created.put(
                            row.number(),
                            creation.add(account, row.user().orElseThrow()).getId());
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
            names.add(Names.normal(user.username()));
            names.add(Names.normal(user.email()));
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
