package com.wisesync.keycloak.profile;

import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.userprofile.UserProfileMetadata;
import org.keycloak.userprofile.validator.DuplicateEmailValidator;
import org.keycloak.userprofile.validator.DuplicateUsernameValidator;

/**
 * For who has looked up the names of many new users at once, and keeps them: Keycloak's own validators would look for each of
 * them four times, a third of the time that an import takes.
 */
public final class KnownNames {

    private static final String KEY = KnownNames.class.getName();
    private static final Set<String> VALIDATORS = Set.of(DuplicateUsernameValidator.ID, DuplicateEmailValidator.ID);

    private KnownNames() {}

    /** From here to the end of this session. Where users are stored elsewhere as well, Keycloak goes on asking there. */
    public static void in(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        boolean allOurs = realm.getComponentsStream(realm.getId(), UserStorageProvider.class.getName())
                .findAny()
                .isEmpty();
        session.setAttribute(KEY, allOurs);
    }

    static void passOver(UserProfileMetadata metadata, KeycloakSession session) {
        if (session.getAttributeOrDefault(KEY, false)) {
            metadata.getAttributes()
                    .forEach(attribute -> attribute
                            .getValidators()
                            .removeIf(validator -> VALIDATORS.contains(validator.getValidatorId())));
        }
    }
}
