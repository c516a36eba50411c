package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

class LockoutGuardsTest {

    private final RealmModel realm = wellSetUp();

    @Test
    void hasNothingToSayAboutARealmAsOurFilesHaveIt() {
        assertThat(LockoutGuards.missing(realm)).isEmpty();
    }

    @Test
    void warnsOfPermanentLockout() {
        when(realm.isPermanentLockout()).thenReturn(true);

        assertThat(LockoutGuards.missing(realm)).singleElement().asString().contains("permanent lockout");
    }

    @Test
    void warnsOfSecondFactorsThatDisable() {
        when(realm.getMaxSecondaryAuthFailures()).thenReturn(1);

        assertThat(LockoutGuards.missing(realm)).singleElement().asString().contains("maxSecondaryAuthFailures");
    }

    @Test
    void warnsWhenTheGuardIsOff() {
        realm.getRequiredActionProviderByAlias(GuardFactory.ID).setEnabled(false);

        assertThat(LockoutGuards.missing(realm)).singleElement().asString().contains(GuardFactory.ID);
    }

    private static RealmModel wellSetUp() {
        RealmModel realm = mock();
        when(realm.isBruteForceProtected()).thenReturn(true);
        RequiredActionProviderModel guard = new RequiredActionProviderModel();
        guard.setEnabled(true);
        when(realm.getRequiredActionProviderByAlias(GuardFactory.ID)).thenReturn(guard);
        return realm;
    }
}
