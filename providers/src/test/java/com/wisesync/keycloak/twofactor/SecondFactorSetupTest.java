package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.SetupFinding;
import com.wisesync.keycloak.SetupFinding.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

class SecondFactorSetupTest {

    private final KeycloakSession session = mock();
    private final RealmModel realm = realmOfTheFiles();

    @Test
    void findsNoProblemInTheRealmOfTheFiles() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void findsPermanentLockout() {
        when(realm.isPermanentLockout()).thenReturn(true);

        assertThat(problems()).containsExactly("permanent-lockout");
    }

    @Test
    void findsSecondFactorsThatDisable() {
        when(realm.getMaxSecondaryAuthFailures()).thenReturn(1);

        assertThat(problems()).containsExactly("max-secondary-auth-failures");
    }

    @Test
    void findsADisabledFinalCheck() {
        realm.getRequiredActionProviderByAlias(SecondFactorCheckFactory.ID).setEnabled(false);

        assertThat(problems()).containsExactly("second-factor-action");
    }

    @Test
    void findsABrowserFlowWithoutSecondFactor() {
        flow("browser", "auth-username-password-form");

        assertThat(problems()).containsExactly("browser-flow");
    }

    private List<String> problems() {
        return new SecondFactorSetup()
                .findings(session, realm)
                .filter(finding -> finding.state() != State.OK)
                .map(SetupFinding::key)
                .toList();
    }

    private RealmModel realmOfTheFiles() {
        RealmModel model = mock();
        when(model.isBruteForceProtected()).thenReturn(true);
        RequiredActionProviderModel action = new RequiredActionProviderModel();
        action.setEnabled(true);
        when(model.getRequiredActionProviderByAlias(SecondFactorCheckFactory.ID))
                .thenReturn(action);
        AuthenticationFlowModel browser = named("browser");
        AuthenticationFlowModel directGrant = named("direct grant");
        when(model.getBrowserFlow()).thenReturn(browser);
        when(model.getDirectGrantFlow()).thenReturn(directGrant);
        when(model.getAuthenticationExecutionsStream("browser"))
                .thenAnswer(call -> Stream.of(step(SecondFactorConditionFactory.ID)));
        when(model.getAuthenticationExecutionsStream("direct grant"))
                .thenAnswer(call -> Stream.of(step("deny-access-authenticator")));
        IdentityProviderStorageProvider providers = mock();
        when(providers.getAllStream(any(IdentityProviderQuery.class))).thenAnswer(call -> Stream.empty());
        when(session.identityProviders()).thenReturn(providers);
        return model;
    }

    private void flow(String name, String authenticator) {
        when(realm.getAuthenticationExecutionsStream(name)).thenAnswer(call -> Stream.of(step(authenticator)));
    }

    private static AuthenticationFlowModel named(String name) {
        AuthenticationFlowModel flow = new AuthenticationFlowModel();
        flow.setId(name);
        return flow;
    }

    private static AuthenticationExecutionModel step(String authenticator) {
        AuthenticationExecutionModel step = new AuthenticationExecutionModel();
        step.setAuthenticator(authenticator);
        step.setRequirement(Requirement.REQUIRED);
        return step;
    }
}
