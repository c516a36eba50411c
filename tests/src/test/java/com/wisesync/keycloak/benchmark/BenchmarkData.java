package com.wisesync.keycloak.benchmark;

import com.wisesync.keycloak.testing.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * The content of the large database: ordinary accounts with 3 companies and 100 users each, and particular accounts in
 * addition. The constants are the numbers of particular accounts.
 *
 * <p>Of ordinary accounts, calls that disable users only take users below {@link #LINKED_FROM}, so that reconciling
 * finds the others enabled.
 */
final class BenchmarkData {

    static final int PEOPLE = 100;
    static final int LINKED_FROM = 50;
    private static final int LINKED_PER_ACCOUNT = 5;

    static final int FIFTY_COMPANIES = 20_001;
    static final int FEW_COMPANIES = 20_002;
    static final int MANY_COMPANIES = 20_003;
    static final int WRITES = 20_004;
    static final int TEN_THOUSAND_USERS = 20_005;
    static final int DIRECTORY = 20_006;
    static final int IMPORTS = 20_007;

    static final int DIRECTORY_USERS = 5_000;

    /** Accounts that destructive calls use up, one after the other; each tenth of the users of the next kind. */
    static final int COMPANY_OF_400 = 20_100;

    static final int COMPANY_OF_4_000 = 20_110;
    static final int THOUSAND_TO_DISABLE = 20_120;
    static final int TEN_THOUSAND_TO_DISABLE = 20_130;

    private static final int SMALL_ACCOUNTS = 10;
    private static final int SMALL_DELIVERED = 2_000;
    private static final int BUSY_ACCOUNTS = 100;

    /** Each statement holds the checks of its foreign keys in memory until its end. */
    private static final int BATCH = 1_000;

    private final int ordinary;
    private final int delivered;
    private final int destructiveRuns;

    BenchmarkData(boolean quick) {
        ordinary = quick ? 1_000 : 10_000;
        delivered = quick ? 200_000 : 2_000_000;
        destructiveRuns = quick ? 1 : 3;
    }

    int users() {
        return ordinary * PEOPLE;
    }

    int ordinaryAccounts() {
        return ordinary;
    }

    /** The number of delivered outbox entries. */
    int delivered() {
        return delivered;
    }

    int smallDelivered() {
        return SMALL_DELIVERED;
    }

    /** How often a destructive call is measured. */
    int destructiveRuns() {
        return destructiveRuns;
    }

    /** The id of an ordinary account. */
    String someAccount() {
        return someAccount(ordinary);
    }

    /** The id of an account of the small database. */
    String someSmallAccount() {
        return someAccount(SMALL_ACCOUNTS);
    }

    /** The ids of users of all ordinary accounts. */
    List<String> linkedUsers() {
        return IntStream.rangeClosed(1, ordinary)
                .boxed()
                .flatMap(account -> IntStream.range(0, LINKED_PER_ACCOUNT)
                        .mapToObj(n -> DataGenerator.userId(account, LINKED_FROM + n)))
                .toList();
    }

    void fill(DataSource database) throws Exception {
        DataGenerator generator = new DataGenerator(database);
        for (int from = 1; from <= ordinary; from += BATCH) {
            int to = Math.min(from + BATCH - 1, ordinary);
            generator.accounts(from, to, 3, PEOPLE);
            generator.lastLogins(from, to, PEOPLE);
        }
        generator.accounts(FIFTY_COMPANIES, FIFTY_COMPANIES, 50, PEOPLE);
        generator.accounts(FEW_COMPANIES, FEW_COMPANIES, 5, PEOPLE);
        generator.accounts(MANY_COMPANIES, MANY_COMPANIES, 5_000, PEOPLE);
        generator.accounts(WRITES, WRITES, 3, PEOPLE);
        generator.accounts(IMPORTS, IMPORTS, 3, PEOPLE);
        generator.accounts(TEN_THOUSAND_USERS, TEN_THOUSAND_USERS, 1, 10_000);
        generator.lastLogins(TEN_THOUSAND_USERS, TEN_THOUSAND_USERS, 10_000);
        generator.accounts(DIRECTORY, DIRECTORY, 1, DIRECTORY_USERS + 1);
        generator.managedByDirectory(DIRECTORY);
        // Run 0 warms up.
        generator.accounts(COMPANY_OF_400, COMPANY_OF_400 + destructiveRuns, 1, 401);
        generator.accounts(COMPANY_OF_4_000 + 1, COMPANY_OF_4_000 + destructiveRuns, 1, 4_001);
        generator.accounts(THOUSAND_TO_DISABLE, THOUSAND_TO_DISABLE + destructiveRuns, 1, 1_000);
        generator.accounts(TEN_THOUSAND_TO_DISABLE + 1, TEN_THOUSAND_TO_DISABLE + destructiveRuns, 1, 10_000);
        generator.events(TEN_THOUSAND_USERS, TEN_THOUSAND_USERS, 10_000, 180_000);
        generator.events(1, BUSY_ACCOUNTS, PEOPLE, 1_800);
        DataGenerator.delivered(database, delivered, 0);
    }

    void fillSmall(DataSource database) throws Exception {
        DataGenerator generator = new DataGenerator(database);
        generator.accounts(1, SMALL_ACCOUNTS, 3, PEOPLE);
        generator.lastLogins(1, SMALL_ACCOUNTS, PEOPLE);
        DataGenerator.delivered(database, SMALL_DELIVERED, 0);
    }

    /**
     * Everything that {@link #fill} depends on.
     *
     * @param realm the realm that is imported first
     */
    String content(String realm) {
        return String.join(
                "\n",
                SourceTree.distribution().getFileName().toString(),
                realm,
                String.valueOf(ordinary),
                String.valueOf(delivered),
                String.valueOf(destructiveRuns),
                code(DataGenerator.class),
                code(BenchmarkData.class));
    }

    private static String code(Class<?> type) {
        try (InputStream code = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return String.valueOf(Arrays.hashCode(code.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String someAccount(int accounts) {
        return DataGenerator.accountId(ThreadLocalRandom.current().nextInt(1, accounts + 1));
    }
}
