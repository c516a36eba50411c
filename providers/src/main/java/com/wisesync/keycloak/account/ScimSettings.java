package com.wisesync.keycloak.account;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an account has set for SCIM, as committed in the database.
 *
 * @param accountEnabled whether the account is enabled
 * @param defaultCompanies ids of the companies that new users are assigned; may contain ids that the account no longer has
 * @param tokens sorted by creation
 */
public record ScimSettings(boolean accountEnabled, List<String> defaultCompanies, List<ScimToken> tokens) {

    static final String PREFIX = "scim.";
    static final String DEFAULT_COMPANIES = PREFIX + "default-companies";
    static final String TOKEN = PREFIX + "token.";

    public ScimSettings {
        defaultCompanies = List.copyOf(defaultCompanies);
        tokens = List.copyOf(tokens);
    }

    /** @param attributes of the organization */
    static ScimSettings of(boolean accountEnabled, Map<String, List<String>> attributes) {
        return new ScimSettings(
                accountEnabled,
                attributes.getOrDefault(DEFAULT_COMPANIES, List.of()).stream()
                        .sorted()
                        .toList(),
                attributes.entrySet().stream()
                        .filter(attribute -> attribute.getKey().startsWith(TOKEN))
                        .flatMap(attribute -> attribute.getValue().stream()
                                .map(value -> ScimToken.parse(attribute.getKey().substring(TOKEN.length()), value))
                                .flatMap(Optional::stream))
                        .sorted(Comparator.comparing(ScimToken::createdAt).thenComparing(ScimToken::id))
                        .toList());
    }

    /** The default companies that the account has. */
    public List<String> defaultsIn(Account account) {
        return defaultCompanies.stream()
                .filter(id -> account.company(id).isPresent())
                .toList();
    }

    /** The token with this id; empty if there is none. */
    public Optional<ScimToken> token(String id) {
        return tokens.stream().filter(token -> token.id().equals(id)).findFirst();
    }
}
