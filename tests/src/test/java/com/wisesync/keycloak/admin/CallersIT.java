package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.admin.client.resource.ClientsResource;
import org.keycloak.admin.client.resource.RoleScopeResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/** Rules for particular callers. The answers of every call to every caller are in {@code attack.Matrix}. */
class CallersIT {

    private static final Testbed BED = Testbed.get();

    @Test
    void usersOfADisabledAccountAreRefusedAndStaffStillSeeIt() {
        String account = BED.people().account("other", "one");
        Person admin = BED.people().create(account, "account-admin");
        Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());
        assertThat(api.get("/accounts/" + account).status()).isEqualTo(200);

        OrganizationRepresentation organization =
                BED.realm().organizations().get(account).toRepresentation();
        organization.setEnabled(false);
        BED.realm().organizations().get(account).update(organization).close();

        // 403 until the sessions have ended, shortly after the commit; 401 afterwards.
        assertThat(api.get("/me").status()).isIn(401, 403);
        assertThat(api.get("/accounts/" + account).status()).isIn(401, 403);
        Answer seen = BED.serviceApi().get("/accounts/" + account);
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.json().path("enabled").asBoolean()).isFalse();
        assertThat(seen.json().findValuesAsText("key")).contains("wiseSyncWarningDisabled");
    }

    @Test
    void aRightCountsWhileBothTheTokenAndTheCallerHoldIt() {
        ClientsResource clients = BED.realm().clients();
        ClientRepresentation service = new ClientRepresentation();
        service.setClientId("service-" + UUID.randomUUID());
        service.setSecret("secret-" + UUID.randomUUID());
        service.setServiceAccountsEnabled(true);
        service.setStandardFlowEnabled(false);
        service.setFullScopeAllowed(false);
        clients.create(service).close();
        ClientResource created =
                clients.get(clients.findByClientId(service.getClientId()).get(0).getId());
        String holder = clients.findByClientId("wise-sync-service").get(0).getId();
        List<RoleRepresentation> right =
                List.of(clients.get(holder).roles().get("manage-accounts").toRepresentation());
        RoleScopeResource ofCaller = BED.realm()
                .users()
                .get(created.getServiceAccountUser().getId())
                .roles()
                .clientLevel(holder);

        ofCaller.add(right);
        assertThat(asksFor(service)).as("the token lacks it").isEqualTo(403);
        created.getScopeMappings().clientLevel(holder).add(right);
        assertThat(asksFor(service)).as("both hold it").isEqualTo(200);
        Api before = BED.api(token(service));
        ofCaller.remove(right);
        assertThat(before.get("/accounts").status()).as("the caller lost it").isEqualTo(403);
    }

    private static int asksFor(ClientRepresentation service) {
        return BED.api(token(service)).get("/accounts").status();
    }

    private static String token(ClientRepresentation service) {
        return Tokens.ofService(BED.server(), service.getClientId(), service.getSecret())
                .access();
    }

    @Test
    void anAccountAdminChangesNoColleagueOfHigherRank() {
        String account = BED.people().account("autotask", "one");
        Person admin = BED.people().create(account, "account-admin");
        Person colleague = BED.people().create(account, "user", "one");
        BED.people().grant(colleague.id(), "support");
        Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());
        String path = "/accounts/" + account + "/users/" + colleague.id();

        assertThat(api.get(path).status()).isEqualTo(200);
        assertThat(api.put(path + "/password", Map.of("password", "taken-over")).status())
                .isEqualTo(403);
        assertThat(api.post(path + "/disable", null).status()).isEqualTo(403);
        assertThat(api.post(path + "/reset-password", null).status()).isEqualTo(403);
    }

    @Test
    void meDescribesTheCaller() {
        Answer ada = BED.api(Person.ADA).get("/me");

        assertThat(ada.json().path("role").asText()).isEqualTo("account-admin");
        assertThat(ada.json().path("account").path("name").asText()).isEqualTo("Acme MSP");
        assertThat(ada.json().path("account").path("psa").asText()).isEqualTo("autotask");
        assertThat(ada.json().path("staff").asBoolean()).isFalse();
        assertThat(ada.json().path("permissions")).isNotEmpty();

        Answer sam = BED.api(Person.SAM).get("/me");
        assertThat(sam.json().path("staff").asBoolean()).isTrue();
        assertThat(sam.json().has("account")).isFalse();
    }
}
