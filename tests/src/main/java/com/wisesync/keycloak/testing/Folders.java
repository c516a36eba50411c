package com.wisesync.keycloak.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** File operations on folders. */
final class Folders {

    private Folders() {}

    static Path fill(Path folder, Map<String, String> files) throws IOException {
        delete(folder);
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }

    /** Links the named entries of another folder into this one. */
    static void borrow(Path folder, Path from, List<String> names) throws IOException {
        Files.createDirectories(folder);
        for (String name : names) {
            Path link = folder.resolve(name);
            Files.deleteIfExists(link);
            if (Files.exists(from.resolve(name))) {
                Files.createSymbolicLink(link, from.resolve(name));
            }
        }
    }

    /** Runs an action while no other thread or process runs one under the same file. */
    static synchronized <T> T locked(Path file, Supplier<T> action) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return action.get();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
