package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.Versioned;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeContext;
import org.keycloak.userprofile.AttributeMetadata;
import org.keycloak.userprofile.AttributeValidatorMetadata;
import org.keycloak.userprofile.UserProfileAttributeValidationContext;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.validate.SimpleValidator;
import org.keycloak.validate.ValidationContext;
import org.keycloak.validate.ValidationError;
import org.keycloak.validate.ValidatorConfig;

/**
 * Requires a first or a last name; people with one name have no second one to enter. {@link Profiles} adds it to the first
 * name, at which the admin API reports the same problem. Keycloak validates only what the realm's configuration requires, not
 * what a metadata's {@code setRequired} says, which is for the stars in forms (DeclarativeUserProfileProvider, 26.7).
 *
 * <p>Accepts a user who has no name yet, for example from an import, when an admin changes something else.
 */
public final class OneNameValidator implements SimpleValidator, Versioned {

    private static final String ID = "wise-sync-one-name";
    private static final String MISSING = "wiseSyncNameMissing";

    /** Where users see the fields for their own names. */
    private static final Set<UserProfileContext> OWN_NAMES =
            Set.of(UserProfileContext.ACCOUNT, UserProfileContext.UPDATE_PROFILE);

    static void addTo(AttributeMetadata firstName) {
        firstName.addValidators(List.of(new AttributeValidatorMetadata(ID)));
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public ValidationContext validate(
            Object input, String inputHint, ValidationContext context, ValidatorConfig config) {
        if (context instanceof UserProfileAttributeValidationContext profileContext) {
            AttributeContext attribute = profileContext.getAttributeContext();
            boolean missing = Stream.of(UserModel.FIRST_NAME, UserModel.LAST_NAME)
                    .map(attribute.getAttributes()::getFirst)
                    .allMatch(OneNameValidator::isBlank);
            if (missing && isRequired(attribute)) {
                context.addError(new ValidationError(ID, inputHint, MISSING));
            }
        }
        return context;
    }

    /** Users cannot enter a name that their directory manages. */
    private static boolean isRequired(AttributeContext attribute) {
        UserModel user = attribute.getUser();
        if (user == null || !isBlank(user.getFirstName()) || !isBlank(user.getLastName())) {
            return true;
        }
        return OWN_NAMES.contains(attribute.getContext())
                && !attribute.getMetadata().isReadOnly(attribute);
    }

    private static boolean isBlank(String value) {
        return value == null || value.isBlank();
    }
}
