package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.Target.atMost;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Imports of many users, compared with single calls and with hashing their passwords alone. */
final class ImportRows {

    private static final int ARGON2_MEMORY_KB = 7168;
    private static final int ARGON2_ITERATIONS = 5;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final BenchmarkEnvironment environment;
    private final DataSource database;
    private final ExtensionCalls extension;
    private final boolean quick;
    private final int rows;
    private final String account = DataGenerator.accountId(BenchmarkData.IMPORTS);
    private int serial;

    ImportRows(BenchmarkEnvironment environment, BenchmarkServer server, DataSource database, boolean quick) {
        this.environment = environment;
        this.database = database;
        this.extension = new ExtensionCalls(server.extensionApi());
        this.quick = quick;
        this.rows = quick ? 500 : 5000;
    }

    List<Row> rows() throws Exception {
        List<Row> all = new ArrayList<>(withoutPasswords());
        all.add(withPasswords());
        return all;
    }

    private List<Row> withoutPasswords() throws Exception {
        int sample = quick ? 50 : 200;
        int runs = quick ? 1 : 3;
        List<Double> bulks = new ArrayList<>();
        List<Double> singles = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            environment.holdEmails(database);
            double bulk = Work.seconds(() -> extension.importInvited(account, nextPrefix(), rows));
            environment.holdEmails(database);
            double single = Work.seconds(() -> createSingly(sample)) * rows / sample;
            bulks.add(bulk);
            singles.add(single);
            ratios.add(bulk / single);
        }
        environment.releaseEmails(database);
        return List.of(
                Row.compared(
                        "%,d-row import".formatted(rows),
                        "single creates (a sample of %d)".formatted(sample),
                        "s",
                        bulks,
                        singles,
                        ratios,
                        atMost(0.2)),
                Row.repeated(
                        "%,d-row import without passwords".formatted(rows), "s", bulks, atMost(rows * 60.0 / 5000)));
    }

    /** Hashes half of the sample before and half after each import, so that other load affects both. */
    private Row withPasswords() throws Exception {
        int sample = quick ? 100 : 1000;
        int runs = quick ? 1 : 3;
        hash(sample);
        List<Double> imports = new ArrayList<>();
        List<Double> hashing = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            double before = Work.seconds(() -> hash(sample / 2));
            double imported = Work.seconds(() -> extension.importWithPasswords(account, nextPrefix(), rows));
            double after = Work.seconds(() -> hash(sample / 2));
            double alone = (before + after) * rows / sample;
            imports.add(imported);
            hashing.add(alone);
            ratios.add(imported / alone);
        }
        return Row.compared(
                "import %,d rows with passwords".formatted(rows),
                "hashing alone, a thread per core (a sample of %,d)".formatted(sample),
                "s",
                imports,
                hashing,
                ratios,
                atMost(1.3));
    }

    private void createSingly(int users) {
        String prefix = nextPrefix();
        for (int i = 0; i < users; i++) {
            extension.create(account, "%s-%d@import.example".formatted(prefix, i));
        }
    }

    private String nextPrefix() {
        serial++;
        return "i" + serial;
    }

    /** As Keycloak hashes a password by default: Argon2Parameters and Argon2PasswordHashProvider of 26.7.4. */
    private static void hash(int passwords) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<byte[]>> calls = IntStream.range(0, passwords)
                    .mapToObj(n -> (Callable<byte[]>) () -> hash("a good password"))
                    .toList();
            for (Future<byte[]> hash : pool.invokeAll(calls)) {
                hash.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static byte[] hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(ARGON2_MEMORY_KB)
                .withIterations(ARGON2_ITERATIONS)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        argon2.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
