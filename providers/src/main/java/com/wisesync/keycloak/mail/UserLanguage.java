package com.wisesync.keycloak.mail;

import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The language of a user's emails: the one in which the user last worked. Keycloak stores it only when a user chooses a language
 * (required action {@code update_user_locale}, 26.7); a language that came from the browser is stored here, at login.
 */
public final class UserLanguage {

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
        if (!used.equals(user.getFirstAttribute(UserModel.LOCALE))) {
            user.setSingleAttribute(UserModel.LOCALE, used);
        }
    }

    /** Uses the admin's language for this session's email if the user has not worked in any yet. */
    void useInEmail(UserModel user, String adminId) {
        if (user.getFirstAttribute(UserModel.LOCALE) != null || adminId == null) {
            return;
        }
        UserModel admin = session.users().getUserById(realm, adminId);
        String language = admin == null ? null : admin.getFirstAttribute(UserModel.LOCALE);
        if (language != null) {
            session.setAttribute(LocaleSelectorProvider.USER_REQUEST_LOCALE, language);
        }
    }
}
