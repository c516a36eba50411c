package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.account.ScimLink;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeMetadata;
import org.keycloak.userprofile.AttributeValidatorMetadata;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.DeclarativeUserProfileProvider;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileMetadata;
import org.keycloak.validate.validators.EmailValidator;

/**
 * Keycloak's declarative User Profile with rules that a realm's configuration cannot express: the username defaults to the
 * email, users do not change their own login names, a first or a last name is enough, and the companies to choose from are
 * those of the user's account.
 *
 * <p>Behaves like Keycloak's own provider in realms that have not opted in.
 */
final class Profiles extends DeclarativeUserProfileProvider {

    /** Where users edit themselves; not registration, nor the review after a first brokered login. */
    private static final Set<UserProfileContext> SELF_SERVICE =
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
        if (SELF_SERVICE.contains(context)) {
            forbidLoginNames(metadata);
            hideEmptyCompanies(metadata, user);
            if (user != null && ScimLink.isManaged(user)) {
                forbidDirectoryData(metadata);
            }
        }
        requireOneName(metadata, context);
        checkEmailOnce(metadata);
        KnownNames.skipDuplicateChecks(metadata, session);
        return new ProfileAttributes(
                context,
                LoginNames.normalized(attributes, user == null),
                user,
                metadata,
                session,
                new CompanyOptions(new Accounts(session), user));
    }

    /** People with one name have no second one to enter. */
    private static void requireOneName(UserProfileMetadata metadata, UserProfileContext context) {
        requireUnless(metadata, UserModel.FIRST_NAME, UserModel.LAST_NAME);
        requireUnless(metadata, UserModel.LAST_NAME, UserModel.FIRST_NAME);
        // The page to change the email has no names.
        if (context != UserProfileContext.UPDATE_EMAIL) {
            metadata.getAttribute(UserModel.FIRST_NAME).forEach(OneNameValidator::addTo);
        }
    }

    /**
     * {@link AddressValidator} checks all that Keycloak's validator does. That one is there twice, because the configuration of a
     * realm names it too, and each would report the same problem in other words.
     */
    private static void checkEmailOnce(UserProfileMetadata metadata) {
        metadata.getAttribute(UserModel.EMAIL).forEach(email -> {
            List<AttributeValidatorMetadata> validators = email.getValidators();
            if (validators.stream().anyMatch(validator -> AddressValidator.ID.equals(validator.getValidatorId()))) {
                validators.removeIf(validator -> EmailValidator.ID.equals(validator.getValidatorId()));
            }
        });
    }

    private static void requireUnless(UserProfileMetadata metadata, String name, String other) {
        metadata.getAttribute(name)
                .forEach(attribute -> attribute.setRequired(context -> isBlank(context.getAttributes(), other)));
    }

    private static boolean isBlank(Attributes attributes, String name) {
        String value = attributes == null ? null : attributes.getFirst(name);
        return value == null || value.isBlank();
    }

    /** Only the role "user" has assigned companies; for all others the field would be empty. */
    private static void hideEmptyCompanies(UserProfileMetadata metadata, UserModel user) {
        boolean some = user != null && user.getFirstAttribute(Company.USER_ATTRIBUTE) != null;
        metadata.getAttribute(Company.USER_ATTRIBUTE).forEach(companies -> companies.addReadCondition(context -> some));
    }

    /** The directory would overwrite these at its next synchronization. */
    private static void forbidDirectoryData(UserProfileMetadata metadata) {
        Stream.of(UserModel.FIRST_NAME, UserModel.LAST_NAME, UserModel.EMAIL)
                .flatMap(name -> metadata.getAttribute(name).stream())
                .forEach(attribute -> attribute.addWriteCondition(AttributeMetadata.ALWAYS_FALSE));
    }

    /**
     * With a stolen session one could otherwise direct codes and password links to another address. The only way is the
     * required action UPDATE_EMAIL, which takes a login with both factors and verifies the new address. The profile's
     * permissions cannot express this: for them SCIM and brokered logins act as the user too
     * (UserProfileContext.getContextRole, 26.7).
     */
    private static void forbidLoginNames(UserProfileMetadata metadata) {
        metadata.getAttribute(UserModel.USERNAME)
                .forEach(username -> username.addWriteCondition(AttributeMetadata.ALWAYS_FALSE));
        metadata.getAttribute(UserModel.EMAIL)
                .forEach(email ->
                        email.addWriteCondition(context -> context.getContext() == UserProfileContext.UPDATE_EMAIL));
    }
}
