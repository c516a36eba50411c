package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Versioned;
import java.util.List;
import java.util.Objects;
import org.keycloak.userprofile.AttributeContext;
import org.keycloak.userprofile.UserProfileAttributeValidationContext;
import org.keycloak.validate.SimpleValidator;
import org.keycloak.validate.ValidationContext;
import org.keycloak.validate.ValidationError;
import org.keycloak.validate.ValidatorConfig;

/**
 * Base of the validators of this extension. They accept everything in realms that have not opted in, for service accounts,
 * and for attributes without a value.
 */
abstract class ProfileValidator implements SimpleValidator, Versioned {

    @Override
    public final ValidationContext validate(
            Object input, String inputHint, ValidationContext context, ValidatorConfig config) {
        if (!(context instanceof UserProfileAttributeValidationContext profileContext)) {
            return context;
        }
        AttributeContext attribute = profileContext.getAttributeContext();
        List<String> values = values(input);
        if (!values.isEmpty()
                && OptIn.isActive(context.getSession().getContext().getRealm())
                && !ServiceAccountProfile.is(attribute.getUser())) {
            check(values, attribute, message -> context.addError(new ValidationError(getId(), inputHint, message)));
        }
        return context;
    }

    /** @param values at least one, none of them blank */
    abstract void check(List<String> values, AttributeContext attribute, Errors errors);

    private static List<String> values(Object input) {
        return input instanceof List<?> list
                ? list.stream()
                        .filter(Objects::nonNull)
                        .map(Object::toString)
                        .filter(value -> !value.isBlank())
                        .toList()
                : List.of();
    }

    /**
     * Collects problems as message keys. Without parameters: login pages and consoles share the message file, and write
     * parameters differently.
     */
    interface Errors {

        void add(String message);
    }
}
