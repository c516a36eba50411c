package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

class RealmSettingsCheckTest {

    private final RealmModel realm = wellSetUp();

    @Test
    void findsNoProblemInTheRealmOfOurFiles() {
        assertThat(RealmSettingsCheck.problems(realm)).isEmpty();
    }

    @Test
    void warnsOfPermanentLockout() {
        when(realm.isPermanentLockout()).thenReturn(true);

        assertThat(RealmSettingsCheck.problems(realm))
                .singleElement()
                .asString()
                .contains("permanent lockout");
    }

    @Test
    void warnsOfSecondFactorsThatDisable() {
        when(realm.getMaxSecondaryAuthFailures()).thenReturn(1);

        assertThat(RealmSettingsCheck.problems(realm))
                .singleElement()
                .asString()
                .contains("maxSecondaryAuthFailures");
    }

    @Test
    void warnsIfTheFinalCheckIsDisabled() {
        realm.getRequiredActionProviderByAlias(SecondFactorCheckFactory.ID).setEnabled(false);

        assertThat(RealmSettingsCheck.problems(realm))
                .singleElement()
                .asString()
                .contains(SecondFactorCheckFactory.ID);
    }

    private static RealmModel wellSetUp() {
        RealmModel realm = mock();
        when(realm.isBruteForceProtected()).thenReturn(true);
        RequiredActionProviderModel guard = new RequiredActionProviderModel();
        guard.setEnabled(true);
        when(realm.getRequiredActionProviderByAlias(SecondFactorCheckFactory.ID))
                .thenReturn(guard);
        return realm;
    }
}
