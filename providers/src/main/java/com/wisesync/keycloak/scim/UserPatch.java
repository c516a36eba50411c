package com.wisesync.keycloak.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Applies the operations of a PATCH (RFC 7644, section 3.5.2) and the attributes of a POST or PUT to a user, with the variants
 * that Microsoft Entra ID and Okta send: operations in any case, dotted names and schema names as keys of a value without a path.
 */
final class UserPatch {

    private static final String REMOVE = "remove";
    private static final String ADD = "add";
    private static final String REPLACE = "replace";
    private static final Set<String> OPERATIONS = Set.of(ADD, REPLACE, REMOVE);
    private static final Set<String> READ_ONLY = Set.of("id", "meta", "schemas");

    /** Microsoft Entra ID writes booleans as texts, in paths too. */
    private static final Pattern QUOTED_FLAG = Pattern.compile("(?i)(\\[\\s*primary eq )\"(true|false)\"");

    private final UserDraft draft;
    private final boolean companiesAreSet;

    /** @param companiesAreSet whether the account sets the companies, so that the directory cannot */
    UserPatch(UserDraft draft, boolean companiesAreSet) {
        this.draft = draft;
        this.companiesAreSet = companiesAreSet;
    }

    /** Sets all attributes of a POST or PUT; those that are missing stay, and read-only ones are ignored (RFC 7644, 3.5.1). */
    void setAll(ObjectNode user) throws ScimException {
        for (Map.Entry<String, JsonNode> attribute : user.properties()) {
            if (!READ_ONLY.contains(attribute.getKey().toLowerCase(Locale.ROOT))) {
                apply(REPLACE, attribute.getKey(), attribute.getValue(), false);
            }
        }
    }

    /** Applies a PatchOp message. */
    void apply(ObjectNode message) throws ScimException {
        JsonNode operations = message.path("Operations");
        if (!operations.isArray() || operations.isEmpty()) {
            throw syntax();
        }
        for (JsonNode operation : operations) {
            applyOne(operation);
        }
    }

    private void applyOne(JsonNode operation) throws ScimException {
        String op = operation.path("op").asText().toLowerCase(Locale.ROOT);
        JsonNode path = operation.path("path");
        JsonNode value = operation.path("value");
        boolean known = operation.isObject() && OPERATIONS.contains(op);
        if (!known || !path.isMissingNode() && !path.isNull() && !path.isTextual()) {
            throw syntax();
        }
        if (path.isTextual() && !path.textValue().isBlank()) {
            if (value.isMissingNode() && !op.equals(REMOVE)) {
                throw syntax();
            }
            apply(op, path.textValue().strip(), value, true);
        } else if (op.equals(REMOVE)) {
            throw new BadRequestException("A remove operation needs a path", BadRequestException.NO_TARGET);
        } else if (value instanceof ObjectNode attributes) {
            for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
                apply(op, attribute.getKey(), attribute.getValue(), true);
            }
        } else {
            throw syntax();
        }
    }

    /** @param strict whether to refuse read-only attributes, as PATCH does */
    private void apply(String op, String text, JsonNode value, boolean strict) throws ScimException {
        String extension = Discovery.EXTENSION;
        if (text.equalsIgnoreCase(extension)) {
            if (value instanceof ObjectNode attributes) {
                for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
                    applyExtension(op, attribute.getKey(), attribute.getValue(), strict);
                }
            }
        } else if (startsWith(text, extension + ":")) {
            applyExtension(op, text.substring(extension.length() + 1), value, strict);
        } else if (startsWith(text, Discovery.USER + ":")) {
            applyCore(op, text.substring(Discovery.USER.length() + 1), value, strict);
        } else if (!startsWith(text, "urn:")) {
            applyCore(op, text, value, strict);
        }
    }

    private static boolean startsWith(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** @return empty for a name in a POST or PUT that is no path, which then is an attribute that is not stored */
    private static Optional<Path> path(String text, boolean strict) throws ScimException {
        Optional<Path> path;
        try {
            String unquoted = QUOTED_FLAG
                    .matcher(text)
                    .replaceAll(found -> found.group(1) + found.group(2).toLowerCase(Locale.ROOT));
            path = Optional.of(Path.fromString(unquoted)).filter(found -> found.size() > 0);
        } catch (BadRequestException e) {
            if (strict) {
                throw e;
            }
            path = Optional.empty();
        }
        if (strict && path.isEmpty()) {
            throw BadRequestException.invalidPath("The path names no attribute");
        }
        return path;
    }

    private void applyCore(String op, String text, JsonNode value, boolean strict) throws ScimException {
        Optional<Path> path = path(text, strict);
        if (path.isPresent()) {
            applyCore(op, path.get(), value, strict);
        }
    }

    private void applyCore(String op, Path path, JsonNode value, boolean strict) throws ScimException {
        JsonNode wanted = op.equals(REMOVE) || value.isMissingNode() ? NullNode.getInstance() : value;
        String name = path.getElement(0).getAttribute().toLowerCase(Locale.ROOT);
        if (strict && READ_ONLY.contains(name)) {
            throw readOnly(name);
        }
        // Emails are the only stored attribute with elements to choose from.
        boolean choosesElement = path.getElement(0).getValueFilter() != null;
        if (name.equals("emails")) {
            applyEmails(op, path, wanted);
        } else if (path.size() == 1 && !choosesElement) {
            draft.set(name, wanted);
        } else if (path.size() == 2 && !choosesElement && name.equals("name")) {
            draft.setName(path.getElement(1).getAttribute(), wanted);
        }
    }

    /** The stored email is of type work and primary; other emails are not stored. */
    private void applyEmails(String op, Path path, JsonNode value) throws ScimException {
        Filter filter = path.getElement(0).getValueFilter();
        String part = path.size() > 1 ? path.getElement(1).getAttribute().toLowerCase(Locale.ROOT) : "";
        if (filter != null && !FilterEvaluator.evaluate(filter, storedEmail())
                || !part.isEmpty() && !part.equals("value")) {
            return;
        }
        if (op.equals(REMOVE)) {
            throw ScimError.bad(BadRequestException.MUTABILITY, "emails", "wiseSyncScimRequired");
        }
        if (part.isEmpty() && op.equals(ADD)) {
            draft.set("emails", EmailChoice.addable(value));
        } else if (part.isEmpty()) {
            draft.set("emails", value);
        } else {
            draft.setEmail(value);
        }
    }

    private ObjectNode storedEmail() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("value", draft.email())
                .put("type", "work")
                .put("primary", true);
    }

    private void applyExtension(String op, String text, JsonNode value, boolean strict) throws ScimException {
        Optional<Path> named = path(text, strict);
        if (named.isEmpty()) {
            return;
        }
        Path path = named.get();
        switch (path.getElement(0).getAttribute().toLowerCase(Locale.ROOT)) {
            case "role" -> {
                if (strict) {
                    throw readOnly("role");
                }
            }
            case "companies" -> {
                if (strict || !companiesAreSet) {
                    List<String> before = draft.companies();
                    applyCompanies(op, path, value);
                    if (companiesAreSet && !draft.companies().equals(before)) {
                        throw readOnly("companies");
                    }
                }
            }
            default -> {
                // Not stored.
            }
        }
    }

    private void applyCompanies(String op, Path path, JsonNode value) throws ScimException {
        Filter filter = path.getElement(0).getValueFilter();
        if (op.equals(REMOVE) && filter != null) {
            for (String id : draft.companies()) {
                if (FilterEvaluator.evaluate(
                        filter, JsonNodeFactory.instance.objectNode().put("value", id))) {
                    draft.removeCompanies(JsonNodeFactory.instance.textNode(id));
                }
            }
        } else if (op.equals(REMOVE) && !value.isMissingNode() && !value.isNull()) {
            draft.removeCompanies(value);
        } else if (op.equals(REMOVE)) {
            draft.setCompanies(NullNode.getInstance());
        } else if (op.equals(ADD)) {
            draft.addCompanies(value);
        } else {
            draft.setCompanies(value);
        }
    }

    private static ScimErrorException readOnly(String name) {
        return ScimError.bad(BadRequestException.MUTABILITY, name, "wiseSyncScimReadOnly");
    }

    private static ScimErrorException syntax() {
        return ScimError.bad(BadRequestException.INVALID_SYNTAX, null, "wiseSyncScimSyntax");
    }
}
