package com.wisesync.keycloak.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import com.unboundid.scim2.common.messages.ListResponse;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.user.DirectoryQuery;
import com.wisesync.keycloak.user.DirectoryUsers;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lists users: a filter of equalities, a page, and the attributes to show. */
final class UserList {

    static final int MAX_COUNT = 200;
    private static final int DEFAULT_COUNT = 100;
    private static final int MAX_FILTER = 2_000;

    /** Larger numbers count as this one: no account has as many users. */
    private static final BigInteger MAX_NUMBER = BigInteger.valueOf(1_000_000_000);

    private static final String USERNAME = "username";
    private static final String EXTERNAL_ID = "externalid";
    private static final String EMAIL = "emails.value";
    private static final String EMAIL_TYPE = "emails.type";

    private static final String EMAIL_PRIMARY = "emails.primary";

    /** Every stored email has this type. */
    private static final String WORK = "work";

    /**
     * The value of chosen emails, as in {@code emails[type eq "work"].value}, which the SDK does not parse in a filter (5.0.0); or a
     * text, which stays as it is.
     */
    private static final Pattern CHOSEN_EMAIL =
            Pattern.compile("(?i)(\"(?:[^\"\\\\]|\\\\.)*\")|emails(\\[(?:[^\\]\"]|\"[^\"\\\\]*\")*])\\.value");

    private final DirectoryUsers users;
    private final UserJson json;

    UserList(DirectoryUsers users, UserJson json) {
        this.users = users;
        this.json = json;
    }

    /** @param startIndex counts from 1; null and less count as 1 */
    ListResponse<ObjectNode> list(
            Account account, String filter, String startIndex, String count, Projection projection)
            throws ScimException {
        int start = Math.max(1, number("startIndex", startIndex, 1));
        int max = Math.min(MAX_COUNT, Math.max(0, number("count", count, DEFAULT_COUNT)));
        Optional<Map<String, String>> values =
                filter == null || filter.isBlank() ? Optional.of(Map.of()) : values(filter);
        if (values.isEmpty()) {
            return new ListResponse<>(0, List.of(), start, 0);
        }
        DirectoryQuery query = new DirectoryQuery(
                Optional.ofNullable(values.get().get(USERNAME)),
                Optional.ofNullable(values.get().get(EMAIL)),
                Optional.ofNullable(values.get().get(EXTERNAL_ID)),
                start - 1,
                max);
        List<ObjectNode> found = max == 0
                ? List.of()
                : users.page(account, query).stream()
                        .map(json::of)
                        .map(projection::apply)
                        .toList();
        int total = Math.toIntExact(users.count(account, query));
        return new ListResponse<>(total, found, start, found.size());
    }

    /** @return the values by attribute; empty if no user can match */
    private static Optional<Map<String, String>> values(String filter) throws ScimException {
        if (filter.length() > MAX_FILTER) {
            throw unsupported();
        }
        Map<String, String> values = new HashMap<>();
        for (Filter part : parts(Filter.fromString(parsable(filter))).toList()) {
            if (part.getFilterType() != FilterType.EQUAL) {
                throw unsupported();
            }
            String name = name(part.getAttributePath());
            if (!part.getComparisonValue().isTextual()
                    && !(name.equals(EMAIL_PRIMARY) && part.getComparisonValue().isBoolean())) {
                throw unsupported();
            }
            String value = part.getComparisonValue().asText();
            if (name.equals(EMAIL_TYPE) && !value.equalsIgnoreCase(WORK)
                    || name.equals(EMAIL_PRIMARY) && !value.equalsIgnoreCase("true")) {
                return Optional.empty();
            }
            String other = values.put(name, value);
            // PostgreSQL rejects queries that contain NUL, and no name has a control character.
            if (value.chars().anyMatch(Character::isISOControl) || other != null && !other.equals(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** All parts of a filter must match, and a user has one email: choosing it and comparing it are two parts. */
    private static String parsable(String filter) {
        return CHOSEN_EMAIL
                .matcher(filter)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? "emails" + found.group(2) + " and " + EMAIL : found.group()));
    }

    private static Stream<Filter> parts(Filter filter) {
        if (filter.getFilterType() == FilterType.AND) {
            return filter.getCombinedFilters().stream().flatMap(UserList::parts);
        }
        // emails[type eq "work" and value eq "..."], emails[primary eq true]
        if (filter.isComplexValueFilter()
                && filter.getAttributePath().toString().equalsIgnoreCase("emails")) {
            return parts(filter.getValueFilter()).map(UserList::emailPart);
        }
        return Stream.of(filter);
    }

    /** The part of a filter for emails as a filter for users. */
    private static Filter emailPart(Filter part) {
        if (part.getFilterType() != FilterType.EQUAL) {
            throw unsupported();
        }
        String name = part.getAttributePath().toString().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "type", "value", "primary" ->
                Filter.eq(Path.root().attribute("emails").attribute(name), part.getComparisonValue());
            default -> throw unsupported();
        };
    }

    private static String name(Path path) {
        Path plain = path.withoutFilters();
        String name = plain.toString().toLowerCase(Locale.ROOT);
        String core = (Discovery.USER + ":").toLowerCase(Locale.ROOT);
        return switch (name.startsWith(core) ? name.substring(core.length()) : name) {
            case USERNAME -> USERNAME;
            case EXTERNAL_ID -> EXTERNAL_ID;
            case EMAIL, "emails" -> EMAIL;
            case EMAIL_TYPE -> EMAIL_TYPE;
            case EMAIL_PRIMARY -> EMAIL_PRIMARY;
            default -> throw unsupported();
        };
    }

    /** Negative numbers count as 0 (RFC 7644, section 3.4.2.4). */
    static int number(String name, String value, int otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("-?[0-9]{1,100}")) {
            throw ScimError.bad(BadRequestException.INVALID_VALUE, name, "wiseSyncScimValue");
        }
        return new BigInteger(value).max(BigInteger.ZERO).min(MAX_NUMBER).intValue();
    }

    private static ScimErrorException unsupported() {
        return ScimError.bad(BadRequestException.INVALID_FILTER, null, "wiseSyncScimFilter");
    }
}
