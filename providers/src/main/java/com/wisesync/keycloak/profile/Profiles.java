package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.access.AccessRules;
import com.wisesync.keycloak.account.Accounts;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeMetadata;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.DeclarativeUserProfileProvider;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileMetadata;

/**
 * Keycloak's declarative User Profile with three things that a realm's configuration can't say: the username defaults to
 * the e-mail address, nobody changes the names they log in with themselves, and the companies to choose from are those of
 * the account at hand.
 *
 * <p>Only in realms that opted in; elsewhere it is Keycloak's own.
 */
final class Profiles extends DeclarativeUserProfileProvider {

    /** Where people look after themselves; registration and the review after a first brokered login are not among them. */
    private static final Set<UserProfileContext> THEIR_OWN =
            Set.of(UserProfileContext.ACCOUNT, UserProfileContext.UPDATE_PROFILE, UserProfileContext.UPDATE_EMAIL);

    private final KeycloakSession session;

    Profiles(KeycloakSession session, ProfilesFactory factory) {
        super(session, factory);
        this.session = session;
    }

    @Override
    protected Attributes createAttributes(
            UserProfileContext context, Map<String, ?> attributes, UserModel user, UserProfileMetadata metadata) {
        if (!OptIn.isActive(session.getContext().getRealm()) || ServiceAccountProfile.is(user)) {
            return super.createAttributes(context, attributes, user, metadata);
        }
        if (THEIR_OWN.contains(context)) {
            keepTheirLoginNames(metadata);
            showCompaniesIfThereAre(metadata, user);
        }
        KnownNames.passOver(metadata, session);
        return new ProfileAttributes(
                context,
                LoginNames.tidied(attributes, user == null),
                user,
                metadata,
                session,
                new CompanyOptions(new Accounts(session), user));
    }

    /** Only the role "user" has companies listed; to all others the field would be an empty one. */
    private static void showCompaniesIfThereAre(UserProfileMetadata metadata, UserModel user) {
        boolean some = user != null && user.getFirstAttribute(AccessRules.COMPANIES) != null;
        metadata.getAttribute(AccessRules.COMPANIES).forEach(companies -> companies.addReadCondition(context -> some));
    }

    /**
     * Whoever gets hold of a session could otherwise send codes and password resets to themselves. The one way is the required
     * action UPDATE_EMAIL: it takes a login with both factors, and the new address is verified. The profile's own
     * permissions can't say it: to them SCIM and brokered logins are the user's doing as well
     * (UserProfileContext.getContextRole, 26.7).
     */
    private static void keepTheirLoginNames(UserProfileMetadata metadata) {
        metadata.getAttribute(UserModel.USERNAME)
                .forEach(username -> username.addWriteCondition(AttributeMetadata.ALWAYS_FALSE));
        metadata.getAttribute(UserModel.EMAIL)
                .forEach(email ->
                        email.addWriteCondition(context -> context.getContext() == UserProfileContext.UPDATE_EMAIL));
    }
}
