package com.wisesync.keycloak.scim;

import com.unboundid.scim2.common.BaseScimResource;
import com.unboundid.scim2.common.types.AttributeDefinition;
import com.unboundid.scim2.common.types.AuthenticationScheme;
import com.unboundid.scim2.common.types.BulkConfig;
import com.unboundid.scim2.common.types.ChangePasswordConfig;
import com.unboundid.scim2.common.types.ETagConfig;
import com.unboundid.scim2.common.types.FilterConfig;
import com.unboundid.scim2.common.types.Meta;
import com.unboundid.scim2.common.types.PatchConfig;
import com.unboundid.scim2.common.types.ResourceTypeResource;
import com.unboundid.scim2.common.types.ResourceTypeResource.SchemaExtension;
import com.unboundid.scim2.common.types.SchemaResource;
import com.unboundid.scim2.common.types.ServiceProviderConfigResource;
import com.unboundid.scim2.common.types.SortConfig;
import java.net.URI;
import java.util.List;

/** Describes what SCIM supports here. Schemas contain only attributes that are stored. */
final class Discovery {

    /** The schema of users, RFC 7643. */
    static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";

    /** Role and companies of users. */
    static final String EXTENSION = "urn:wise-sync:params:scim:schemas:1.0:User";

    private final ScimCall call;

    Discovery(ScimCall call) {
        this.call = call;
    }

    ServiceProviderConfigResource serviceProviderConfig() {
        ServiceProviderConfigResource config = new ServiceProviderConfigResource(
                null,
                new PatchConfig(true),
                new BulkConfig(false, 0, 0),
                new FilterConfig(true, UserList.MAX_COUNT),
                new ChangePasswordConfig(false),
                new SortConfig(false),
                new ETagConfig(true),
                List.of(AuthenticationScheme.createOAuth2BearerToken(true)));
        return located(config, "ServiceProviderConfig", "ServiceProviderConfig");
    }

    List<ResourceTypeResource> resourceTypes() {
        ResourceTypeResource user = new ResourceTypeResource(
                "User",
                "User",
                "User of the account",
                URI.create("/Users"),
                URI.create(USER),
                List.of(new SchemaExtension(URI.create(EXTENSION), false)));
        return List.of(located(user, "ResourceType", "ResourceTypes/User"));
    }

    List<SchemaResource> schemas() {
        boolean companiesAreSet = !call.directory()
                .settings()
                .defaultsIn(call.directory().account())
                .isEmpty();
        SchemaResource user = new SchemaResource(
                USER,
                "User",
                "User of the account",
                List.of(
                        text("userName", "Unique name of the user, an email address")
                                .setRequired(true)
                                .setUniqueness(AttributeDefinition.Uniqueness.SERVER)
                                .build(),
                        text("externalId", "Id of the user in the directory")
                                .setCaseExact(true)
                                .build(),
                        new AttributeDefinition.Builder()
                                .setName("name")
                                .setType(AttributeDefinition.Type.COMPLEX)
                                .setDescription("Without both, the last name follows from displayName or userName")
                                .addSubAttributes(
                                        text("givenName", "First name").build(),
                                        text("familyName", "Last name").build(),
                                        text("formatted", "First and last name")
                                                .setMutability(AttributeDefinition.Mutability.READ_ONLY)
                                                .build())
                                .build(),
                        text("displayName", "First and last name")
                                .setMutability(AttributeDefinition.Mutability.READ_ONLY)
                                .build(),
                        flag("active", "Whether the user is enabled").build(),
                        new AttributeDefinition.Builder()
                                .setName("emails")
                                .setType(AttributeDefinition.Type.COMPLEX)
                                .setMultiValued(true)
                                .setDescription("The one email address; of several, the primary one is used")
                                .addSubAttributes(
                                        text("value", "Email address")
                                                .setUniqueness(AttributeDefinition.Uniqueness.SERVER)
                                                .build(),
                                        text("type", "Always work")
                                                .setMutability(AttributeDefinition.Mutability.READ_ONLY)
                                                .build(),
                                        flag("primary", "Always true")
                                                .setMutability(AttributeDefinition.Mutability.READ_ONLY)
                                                .build())
                                .build()));
        SchemaResource extension = new SchemaResource(
                EXTENSION,
                "User of Wise-Sync",
                "Role and companies",
                List.of(
                        text("role", "Role; changed in Wise-Sync only")
                                .setMutability(AttributeDefinition.Mutability.READ_ONLY)
                                .build(),
                        text("companies", "Ids of the assigned companies")
                                .setMultiValued(true)
                                .setCaseExact(true)
                                .setMutability(
                                        companiesAreSet
                                                ? AttributeDefinition.Mutability.READ_ONLY
                                                : AttributeDefinition.Mutability.READ_WRITE)
                                .build()));
        return List.of(
                located(user, "Schema", "Schemas/" + USER), located(extension, "Schema", "Schemas/" + EXTENSION));
    }

    private static AttributeDefinition.Builder text(String name, String description) {
        return attribute(name, description, AttributeDefinition.Type.STRING);
    }

    private static AttributeDefinition.Builder flag(String name, String description) {
        return attribute(name, description, AttributeDefinition.Type.BOOLEAN);
    }

    private static AttributeDefinition.Builder attribute(
            String name, String description, AttributeDefinition.Type type) {
        return new AttributeDefinition.Builder()
                .setName(name)
                .setType(type)
                .setDescription(description)
                .setReturned(AttributeDefinition.Returned.DEFAULT)
                .setMutability(AttributeDefinition.Mutability.READ_WRITE);
    }

    private <T extends BaseScimResource> T located(T resource, String type, String path) {
        if (resource.getId() == null) {
            resource.setId(path.substring(path.lastIndexOf('/') + 1));
        }
        resource.setMeta(new Meta().setResourceType(type).setLocation(call.location(path)));
        return resource;
    }
}
