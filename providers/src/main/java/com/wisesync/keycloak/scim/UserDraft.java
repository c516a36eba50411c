package com.wisesync.keycloak.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.wisesync.keycloak.user.DirectoryEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The attributes of a user while a request is applied to them. Attributes that are not stored here, such as phone numbers and
 * {@code password}, are accepted and ignored: directories send whatever their administrators have mapped.
 */
final class UserDraft {

    private static final int MAX_LENGTH = 255;
    private static final int MAX_COMPANIES = 5_000;

    /** The same characters as in the admin API: those that break queries and mail headers, or turn the text direction. */
    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\uFFFD\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private String username = "";
    private String email = "";
    private String firstName = "";
    private String lastName = "";
    private String fullName = "";
    private Optional<String> externalId = Optional.empty();
    private boolean active = true;
    private List<String> companies = List.of();

    /** Empty for a new user. */
    private final Optional<DirectoryEdit> current;

    /** A new user. */
    UserDraft() {
        current = Optional.empty();
    }

    UserDraft(DirectoryEdit current) {
        this.current = Optional.of(current);
        username = current.username();
        email = current.email();
        firstName = current.firstName();
        lastName = current.lastName();
        externalId = current.externalId();
        active = current.active();
        companies = current.companies();
    }

    /** @throws ScimErrorException if a required attribute is missing */
    DirectoryEdit edit() {
        require("userName", username);
        DirectoryEdit written = written();
        // An imported user may have no email and no names, and can be disabled without them.
        if (fullName.isEmpty() && current.filter(written::hasSameData).isPresent()) {
            return written;
        }
        if (email.isEmpty()) {
            email = username;
        }
        if (firstName.isEmpty() && lastName.isEmpty()) {
            lastName = fullName.isEmpty() ? localPart(username) : fullName;
        }
        return written();
    }

    private DirectoryEdit written() {
        return new DirectoryEdit(username, email, firstName, lastName, externalId, active, companies);
    }

    String email() {
        return email;
    }

    List<String> companies() {
        return companies;
    }

    /** Sets attributes of the core schema; those that are missing stay. */
    void setAll(JsonNode attributes) {
        attributes.properties().forEach(attribute -> set(attribute.getKey(), attribute.getValue()));
    }

    /** Sets an attribute of the core schema, by its name in any case. Null removes it. */
    void set(String name, JsonNode value) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "username" -> username = text("userName", value);
            case "externalid" ->
                externalId = Optional.of(text("externalId", value)).filter(id -> !id.isEmpty());
            case "active" -> active = value.isNull() ? active : flag(value);
            case "name" -> setName(value);
            case "displayname" -> fullName = text("displayName", value);
            case "emails" ->
                email = value.isNull() ? "" : EmailChoice.of(value, this::text).orElse(email);
            default -> {
                // Not stored.
            }
        }
    }

    /** Sets a part of the name. */
    void setName(String part, JsonNode value) {
        switch (part.toLowerCase(Locale.ROOT)) {
            case "givenname" -> firstName = text("name.givenName", value);
            case "familyname" -> lastName = text("name.familyName", value);
            case "formatted" -> fullName = text("name.formatted", value);
            default -> {
                // Not stored.
            }
        }
    }

    void setEmail(JsonNode value) {
        email = text("emails", value);
    }

    void setCompanies(JsonNode value) {
        companies = ids(value);
    }

    void addCompanies(JsonNode value) {
        TreeSet<String> all = new TreeSet<>(companies);
        all.addAll(ids(value));
        companies = List.copyOf(all);
    }

    void removeCompanies(JsonNode value) {
        List<String> removed = ids(value);
        companies = companies.stream().filter(id -> !removed.contains(id)).toList();
    }

    private void setName(JsonNode value) {
        if (value.isNull()) {
            firstName = "";
            lastName = "";
        } else if (value instanceof ObjectNode parts) {
            parts.properties().forEach(part -> setName(part.getKey(), part.getValue()));
        } else {
            throw wrong("name");
        }
    }

    private static List<String> ids(JsonNode value) {
        List<JsonNode> nodes = value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).toList()
                : value.isNull() ? List.of() : List.of(value);
        if (nodes.size() > MAX_COMPANIES) {
            throw wrong("companies");
        }
        List<String> ids = new ArrayList<>();
        for (JsonNode node : nodes) {
            JsonNode id = node.isObject() ? node.path("value") : node;
            if (!id.isTextual()) {
                throw wrong("companies");
            }
            ids.add(id.textValue());
        }
        return ids.stream().distinct().sorted().toList();
    }

    /** Microsoft Entra ID sends the texts "True" and "False". */
    private static boolean flag(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return switch (value.isTextual() ? value.textValue().toLowerCase(Locale.ROOT) : "") {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("active");
        };
    }

    private String text(String name, JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw wrong(name);
        }
        String text = value.textValue().strip();
        if (text.length() > MAX_LENGTH) {
            throw ScimError.bad(BadRequestException.INVALID_VALUE, name, "wiseSyncFieldTooLong", MAX_LENGTH);
        }
        if (UNFIT.matcher(text).find()) {
            throw ScimError.bad(BadRequestException.INVALID_VALUE, name, "wiseSyncFieldUnfit");
        }
        return text;
    }

    /** Everything before the last @, or the whole text if there is no such part. */
    private static String localPart(String address) {
        int at = address.lastIndexOf('@');
        return at > 0 ? address.substring(0, at) : address;
    }

    private static void require(String name, String value) {
        if (value.isBlank()) {
            throw ScimError.bad(BadRequestException.INVALID_VALUE, name, "wiseSyncScimRequired");
        }
    }

    private static ScimErrorException wrong(String name) {
        return ScimError.bad(BadRequestException.INVALID_VALUE, name, "wiseSyncScimValue");
    }
}
