package com.wisesync.keycloak;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The username or email that a person typed to log in or to request a password link. */
public final class TypedLogin {

    private TypedLogin() {}

    /**
     * The spelling of a typed username or email under which a user is stored. Keycloak compares addresses character by
     * character, apart from case. Costs no query for an address that has only one spelling.
     *
     * @param session with the realm in its context
     * @param typed not null
     * @return what was typed if no user has one of its spellings
     */
    public static String storedSpelling(KeycloakSession session, String typed) {
        RealmModel realm = session.getContext().getRealm();
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(typed.strip().toLowerCase(Locale.ROOT));
        spellings.addAll(EmailAddress.spellings(typed));
        // Some keyboards and pasted text write an umlaut as two characters; stored addresses never do.
        spellings.addAll(EmailAddress.spellings(Normalizer.normalize(typed, Normalizer.Form.NFC)));
        if (spellings.size() == 1) {
            return typed;
        }
        return spellings.stream()
                .filter(spelling -> isStored(session, realm, spelling))
                .findFirst()
                .orElse(typed);
    }

    private static boolean isStored(KeycloakSession session, RealmModel realm, String spelling) {
        try {
            return KeycloakModelUtils.findUserByNameOrEmail(session, realm, spelling) != null;
        } catch (ModelDuplicateException e) {
            // The caller finds the same duplicate and reports it.
            return true;
        }
    }
}
