package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.role.Role;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks input field by field and collects everything that is wrong with it, for one refusal. */
final class Fields {

    private static final int MAX_LENGTH = 255;
    private static final int ISO_DATE_LENGTH = 10;
    private static final int MAX_COMPANIES = 5_000;
    /**
     * Control characters, which break PostgreSQL queries and mail headers, characters that change the text direction, and the
     * replacement character, which stands for text that was decoded wrongly.
     */
    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\uFFFD\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private final List<Reason> wrong = new ArrayList<>();

    /** A required text, without surrounding spaces; empty if it is invalid, which {@link #done} reports. */
    String text(String field, String value) {
        if (value == null || value.isBlank()) {
            wrong.add(Reason.of(field, "wiseSyncFieldMissing"));
            return "";
        }
        return fit(field, value.strip());
    }

    /** A password, unchanged: spaces may be part of it. */
    Optional<String> secret(String field, String value) {
        return Optional.ofNullable(value).map(v -> {
            if (v.chars().anyMatch(Character::isISOControl)) {
                wrong.add(Reason.of(field, "wiseSyncFieldUnfit"));
            }
            return v;
        });
    }

    Optional<String> optional(String field, String value) {
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(fit(field, value.strip()));
    }

    /** Words to search for. Characters that no value contains come with what is copied, and count as spaces. */
    Optional<String> search(String value) {
        return optional("search", value == null ? null : UNFIT.matcher(value).replaceAll(" "));
    }

    /**
     * A moment as ISO 8601 has it, {@code 2026-11-28T09:30:00Z}, or the beginning of a day in UTC, {@code 2026-11-28}. Moments
     * that do not fit into milliseconds, the unit of Keycloak's events, are invalid.
     */
    Optional<Instant> moment(String field, String value) {
        return choice(field, value, text -> {
            try {
                Instant moment = text.length() == ISO_DATE_LENGTH
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : OffsetDateTime.parse(text).toInstant();
                return Optional.of(Instant.ofEpochMilli(moment.toEpochMilli()));
            } catch (DateTimeException | ArithmeticException e) {
                return Optional.empty();
            }
        });
    }

    /** An optional value, converted; for values that are not an enumeration. */
    <T> Optional<T> choice(String field, String value, Function<String, Optional<T>> choices) {
        Optional<T> chosen = Optional.ofNullable(value).flatMap(choices);
        if (value != null && chosen.isEmpty()) {
            wrong.add(Reason.of(field, "wiseSyncFieldUnsupported"));
        }
        return chosen;
    }

    /** A number from {@code min} to {@code max}; empty if there is no value. */
    Optional<Integer> number(String field, String value, int min, int max) {
        if (value == null) {
            return Optional.empty();
        }
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return Optional.of(number);
            }
        }
        wrong.add(Reason.of(field, "wiseSyncFieldNoNumber", min, max));
        return Optional.empty();
    }

    /** A first or a last name: people with one name have no second one to enter. */
    void requireOneOf(String firstName, String lastName) {
        boolean blank = Stream.of(Optional.ofNullable(firstName), Optional.ofNullable(lastName))
                .flatMap(Optional::stream)
                .allMatch(String::isBlank);
        require(!blank, "firstName", "wiseSyncNameMissing");
    }

    /** An optional value out of an enumeration. */
    <T> Optional<T> choice(String field, String value, T[] values, Function<T, String> id) {
        Optional<T> chosen =
                Stream.of(values).filter(one -> id.apply(one).equals(value)).findFirst();
        if (value != null && chosen.isEmpty()) {
            wrong.add(Reason.of(
                    field, "wiseSyncFieldNoChoice", Stream.of(values).map(id).collect(Collectors.joining(", "))));
        }
        return chosen;
    }

    Optional<Boolean> yesOrNo(String field, String value) {
        return choice(field, value, new Boolean[] {true, false}, String::valueOf);
    }

    /** Ids of users: at least one, at most {@code max}. */
    List<String> ids(String field, List<String> ids, int max) {
        List<String> given = ids == null ? List.of() : ids;
        if (given.isEmpty() || given.size() > max) {
            wrong.add(Reason.of(field, "wiseSyncBulkUserCount", max));
            return List.of();
        }
        if (given.stream()
                .anyMatch(id -> id == null
                        || id.length() > MAX_LENGTH
                        || UNFIT.matcher(id).find())) {
            wrong.add(Reason.of(field, "wiseSyncFieldUnfit"));
            return List.of();
        }
        return given;
    }

    Role role(String value) {
        // A missing role too: the message lists the roles.
        return choice("role", value == null ? "" : value, Role.values(), Role::roleName)
                .orElse(null);
    }

    List<String> companies(List<String> ids) {
        List<String> given = ids == null ? List.of() : ids;
        if (given.size() > MAX_COMPANIES || given.stream().anyMatch(id -> Objects.isNull(id) || !Company.isId(id))) {
            wrong.add(Reason.of("companies", "wiseSyncCompanyUnknown"));
            return List.of();
        }
        return given;
    }

    void require(boolean right, String field, String key) {
        if (!right) {
            wrong.add(Reason.of(field, key));
        }
    }

    /** The problems found so far. */
    List<Reason> wrong() {
        return List.copyOf(wrong);
    }

    /** @throws Refusal if a problem was found */
    void done() {
        if (!wrong.isEmpty()) {
            throw new Refusal(Refusal.Kind.INVALID, wrong);
        }
    }

    private String fit(String field, String value) {
        if (value.length() > MAX_LENGTH) {
            wrong.add(Reason.of(field, "wiseSyncFieldTooLong", MAX_LENGTH));
            return "";
        }
        if (UNFIT.matcher(value).find()) {
            wrong.add(Reason.of(field, "wiseSyncFieldUnfit"));
            return "";
        }
        return value;
    }
}
