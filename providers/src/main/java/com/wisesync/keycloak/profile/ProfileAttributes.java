package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.account.Company;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeMetadata;
import org.keycloak.userprofile.DefaultAttributes;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileMetadata;

/**
 * The attributes of a user. The metadata that forms read ({@link #getMetadata}, always a copy) offers the companies of the
 * account; the metadata that validates is unchanged.
 */
final class ProfileAttributes extends DefaultAttributes {

    private static final long serialVersionUID = 1L;

    private final transient CompanyOptions companies;

    ProfileAttributes(
            UserProfileContext context,
            Map<String, ?> attributes,
            UserModel user,
            UserProfileMetadata metadata,
            KeycloakSession session,
            CompanyOptions companies) {
        super(context, attributes, user, metadata, session);
        this.companies = companies;
    }

    @Override
    public AttributeMetadata getMetadata(String name) {
        AttributeMetadata metadata = super.getMetadata(name);
        // The super constructor calls this before the field is set.
        return metadata != null && companies != null && Company.USER_ATTRIBUTE.equals(name)
                ? companies.addTo(metadata)
                : metadata;
    }
}
