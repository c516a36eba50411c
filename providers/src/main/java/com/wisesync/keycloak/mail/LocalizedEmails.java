package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.OptIn;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.email.freemarker.FreeMarkerEmailTemplateProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Keycloak's emails, in the language of their reader also when someone else's request sends them. Keycloak uses the language of the
 * request (DefaultLocaleSelectorProvider, 26.7): that is right on the pages of a login, but in an administrator's request it is the
 * administrator's.
 */
class LocalizedEmails extends FreeMarkerEmailTemplateProvider {

    LocalizedEmails(KeycloakSession session) {
        super(session);
    }

    @Override
    public EmailTemplateProvider setUser(UserModel user) {
        boolean onLoginPage = session.getContext().getAuthenticationSession() != null;
        if (user != null && !onLoginPage && OptIn.isActive(session.getContext().getRealm())) {
            new UserLanguage(session).useInEmail(user, null);
        }
        return super.setUser(user);
    }
}
