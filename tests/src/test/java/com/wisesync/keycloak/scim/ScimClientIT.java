package com.wisesync.keycloak.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.UserResource;
import com.wisesync.keycloak.testing.Testbed;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** SCIM as an independent client sees it. */
class ScimClientIT {

    @Test
    void anIndependentClientManagesAUser() throws ScimException {
        String account = Testbed.get().people().account("autotask", "one");
        String secret = Directories.token(account);
        String name = "client-" + UUID.randomUUID() + "@test.example";
        UserResource wanted = new UserResource()
                .setUserName(name)
                .setActive(true)
                .setName(new Name().setGivenName("Cli").setFamilyName("Ent"))
                .setEmails(new Email().setValue(name).setType("work").setPrimary(true));
        ClientRequestFilter bearer = request -> request.getHeaders().putSingle("Authorization", "Bearer " + secret);
        try (Client client = ClientBuilder.newClient()) {
            ScimService scim = new ScimService(client.register(bearer).target(Directories.url(account)));
            assertThat(scim.getServiceProviderConfig().getFilter().isSupported())
                    .isTrue();
            assertThat(scim.getSchemas().getTotalResults()).isEqualTo(2);

            UserResource created = scim.create("Users", wanted);
            assertThat(created.getMeta().getLocation().toString()).endsWith("/Users/" + created.getId());
            assertThatThrownBy(() -> scim.create("Users", wanted)).isInstanceOf(ResourceConflictException.class);
            assertThat(scim.searchRequest("Users")
                            .filter(Filter.eq("userName", name))
                            .invoke(UserResource.class)
                            .getResources())
                    .singleElement()
                    .extracting(UserResource::getId)
                    .isEqualTo(created.getId());
            UserResource disabled = scim.modifyRequest(created)
                    .replaceValue("active", false)
                    .replaceValue("name.familyName", "Changed")
                    .invoke();
            assertThat(disabled.getActive()).isFalse();
            assertThat(disabled.getName().getFamilyName()).isEqualTo("Changed");
            disabled.setActive(true);
            assertThat(scim.replace(disabled).getActive()).isTrue();
            scim.delete("Users", created.getId());
            assertThatThrownBy(() -> scim.retrieve("Users", created.getId(), UserResource.class))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }
}
