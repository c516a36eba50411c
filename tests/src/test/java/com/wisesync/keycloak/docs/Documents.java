package com.wisesync.keycloak.docs;

import com.wisesync.keycloak.testing.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The Markdown files of this source tree. */
final class Documents {

    private static final Set<String> SKIPPED = Set.of("node_modules", "target", ".git");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\R(.*?)^```");

    private Documents() {}

    static Path at(String path) {
        return SourceTree.root().resolve(path);
    }

    /** All Markdown files, except those of dependencies and build directories. */
    static List<Path> all() {
        List<Path> documents = new ArrayList<>();
        try {
            Files.walkFileTree(SourceTree.root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return SKIPPED.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".md")) {
                        documents.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document without code blocks. */
    static String prose(Path document) {
        return FENCE.matcher(text(document)).replaceAll("");
    }

    /** The code blocks in this language, in order. */
    static List<String> code(Path document, String language) {
        return code(text(document), language);
    }

    static List<String> code(String markdown, String language) {
        return FENCE.matcher(markdown)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
