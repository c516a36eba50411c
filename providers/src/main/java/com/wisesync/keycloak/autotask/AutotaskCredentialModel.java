package com.wisesync.keycloak.autotask;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialModel;
import org.keycloak.util.JsonSerialization;

/**
 * The credential row. Admins and exports see its {@code credentialData}; its {@code secretData} holds the JWE, as
 * a JSON object because Keycloak parses it as one (CredentialModel.readMapFromJson, 26.7.4).
 */
final class AutotaskCredentialModel extends CredentialModel {

    private static final Logger LOG = Logger.getLogger(AutotaskCredentialModel.class);
    private static final long serialVersionUID = 1L;

    /** @param kid the key that encrypted the password; null if no password is stored */
    @JsonInclude(Include.NON_NULL)
    record Shown(
            @JsonProperty("username") String username,
            @JsonProperty("updatedAt") Long updatedAt,
            @JsonProperty("kid") String kid) {}

    @JsonInclude(Include.NON_NULL)
    record Hidden(@JsonProperty("jwe") String jwe) {}

    AutotaskCredentialModel(String id, Shown shown, String jwe) {
        setId(id);
        setType(AutotaskCredentialProviderFactory.TYPE);
        setCreatedDate(shown.updatedAt());
        setCredentialData(json(shown));
        setSecretData(json(new Hidden(jwe)));
    }

    /** Returns a copy, because callers of the provider erase the secret, which must not change a cached row. */
    AutotaskCredentialModel(CredentialModel row) {
        setId(row.getId());
        setType(AutotaskCredentialProviderFactory.TYPE);
        setUserLabel(row.getUserLabel());
        setCreatedDate(row.getCreatedDate());
        setCredentialData(row.getCredentialData());
        setSecretData(row.getSecretData());
    }

    AutotaskAccount shown() {
        Shown shown = read(getCredentialData(), Shown.class).orElse(new Shown(null, null, null));
        Long updatedAt = shown.updatedAt() == null ? getCreatedDate() : shown.updatedAt();
        return new AutotaskAccount(
                shown.username(), jwe().isPresent(), updatedAt == null ? null : Instant.ofEpochMilli(updatedAt));
    }

    Optional<String> jwe() {
        return read(getSecretData(), Hidden.class).flatMap(hidden -> Optional.ofNullable(hidden.jwe()));
    }

    /** Validates the data, because imports may contain any value. */
    private static <T> Optional<T> read(String json, Class<T> type) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JsonSerialization.readValue(json, type));
        } catch (IOException e) {
            LOG.debugf("Not the data of an Autotask account: %s", e.getClass().getName());
            return Optional.empty();
        }
    }

    private static String json(Object data) {
        try {
            return JsonSerialization.writeValueAsString(data);
        } catch (IOException e) {
            throw new IllegalStateException("A record of strings has no JSON", e);
        }
    }
}
