package com.wisesync.keycloak.mail;

import java.util.Optional;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The language of a user's emails: the one in which the user last worked. Keycloak stores a language only when a user chooses it
 * (required action {@code update_user_locale}, 26.7), and uses it everywhere from then on. A language that came from the browser
 * is stored here, at login, in an attribute of its own and for emails only.
 */
public final class UserLanguage {

    /** The user attribute. The User Profile declares it as read-only. */
    public static final String ATTRIBUTE = "last-language";

    private final KeycloakSession session;
    private final RealmModel realm;

    /** @param session with the realm in its context */
    public UserLanguage(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Stores the language of this login's pages, unless it is stored already. */
    public void remember(UserModel user) {
        if (!realm.isInternationalizationEnabled()) {
            return;
        }
        String used = session.getContext().resolveLocale(user).toLanguageTag();
        if (!used.equals(user.getFirstAttribute(ATTRIBUTE))) {
            user.setSingleAttribute(ATTRIBUTE, used);
        }
    }

    /** Uses the user's language for this session's email, or the admin's if the user has not worked in any yet. */
    void useInEmail(UserModel user, String adminId) {
        if (user.getFirstAttribute(UserModel.LOCALE) != null) {
            return;
        }
        Optional.ofNullable(user.getFirstAttribute(ATTRIBUTE))
                .or(() -> Optional.ofNullable(adminId)
                        .map(id -> session.users().getUserById(realm, id))
                        .flatMap(UserLanguage::find))
                .ifPresent(language -> session.setAttribute(LocaleSelectorProvider.USER_REQUEST_LOCALE, language));
    }

    private static Optional<String> find(UserModel user) {
        return Optional.ofNullable(user.getFirstAttribute(UserModel.LOCALE))
                .or(() -> Optional.ofNullable(user.getFirstAttribute(ATTRIBUTE)));
    }
}
