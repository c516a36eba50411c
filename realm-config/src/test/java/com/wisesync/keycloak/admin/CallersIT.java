package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** What is special about some callers; who is answered what by which call is in {@code attack.Matrix}. */
class CallersIT {

    private static final Testbed BED = Testbed.get();

    @Test
    void nothingIsForUsersOfADisabledAccountAndStaffStillSeeIt() {
        String account = BED.people().account("other", "one");
        Person admin = BED.people().in(account, "account-admin");
        Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());
        assertThat(api.get("/accounts/" + account).status()).isEqualTo(200);

        OrganizationRepresentation organization =
                BED.realm().organizations().get(account).toRepresentation();
        organization.setEnabled(false);
        BED.realm().organizations().get(account).update(organization).close();

        assertThat(api.get("/me").status()).isEqualTo(403);
        assertThat(api.get("/accounts/" + account).status()).isEqualTo(403);
        Answer seen = BED.serviceApi().get("/accounts/" + account);
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.json().path("enabled").asBoolean()).isFalse();
        assertThat(seen.json().findValuesAsText("key")).contains("wiseSyncWarningDisabled");
    }

    @Test
    void anAccountAdminChangesNoColleagueOfHigherRank() {
        String account = BED.people().account("autotask", "one");
        Person admin = BED.people().in(account, "account-admin");
        Person colleague = BED.people().in(account, "user", "one");
        BED.realm()
                .users()
                .get(colleague.id())
                .roles()
                .realmLevel()
                .add(List.of(BED.realm().roles().get("support").toRepresentation()));
        Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());
        String path = "/accounts/" + account + "/users/" + colleague.id();

        assertThat(api.get(path).status()).isEqualTo(200);
        assertThat(api.put(path + "/password", Map.of("password", "taken-over")).status())
                .isEqualTo(403);
        assertThat(api.post(path + "/disable", null).status()).isEqualTo(403);
        assertThat(api.post(path + "/reset-password", null).status()).isEqualTo(403);
    }

    @Test
    void saysWhoIsCalling() {
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
