package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.SetupCheck;
import com.wisesync.keycloak.SetupFinding;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/** Checks that no login skips the second factor, and that a lockout disables no user. */
public final class SecondFactorSetup implements SetupCheck {

    private static final String DENY = "deny-access-authenticator";

    @Override
    public Stream<SetupFinding> findings(KeycloakSession session, RealmModel realm) {
        return Stream.of(
                SetupFinding.require(realm.isBruteForceProtected(), "brute-force-protection"),
                SetupFinding.require(!realm.isPermanentLockout(), "permanent-lockout"),
                SetupFinding.require(realm.getMaxSecondaryAuthFailures() <= 0, "max-secondary-auth-failures"),
                finalCheck(realm),
                SetupFinding.require(
                        hasStep(realm, realm.getBrowserFlow(), SecondFactorConditionFactory.ID, false), "browser-flow"),
                SetupFinding.require(hasStep(realm, realm.getDirectGrantFlow(), DENY, true), "direct-grant-flow"),
                identityProviders(session, realm));
    }

    private static SetupFinding finalCheck(RealmModel realm) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(SecondFactorCheckFactory.ID);
        return SetupFinding.require(
                action != null && action.isEnabled(), "second-factor-action", SecondFactorCheckFactory.ID);
    }

    private static SetupFinding identityProviders(KeycloakSession session, RealmModel realm) {
        String wrong = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .filter(IdentityProviderModel::isEnabled)
                .filter(provider -> provider.getPostBrokerLoginFlowId() == null
                        || !hasStep(
                                realm,
                                realm.getAuthenticationFlowById(provider.getPostBrokerLoginFlowId()),
                                SecondFactorConditionFactory.ID,
                                false))
                .map(IdentityProviderModel::getAlias)
                .sorted()
                .collect(Collectors.joining(", "));
        return wrong.isEmpty()
                ? SetupFinding.ok("identity-provider-flows")
                : SetupFinding.warning("identity-provider-flows", "wrong", wrong);
    }

    /** Whether the flow or one of its sub-flows has an enabled step of this authenticator. */
    private static boolean hasStep(
            RealmModel realm, AuthenticationFlowModel flow, String authenticator, boolean required) {
        return flow != null
                && realm.getAuthenticationExecutionsStream(flow.getId())
                        .filter(AuthenticationExecutionModel::isEnabled)
                        .anyMatch(step -> step.isAuthenticatorFlow()
                                ? hasStep(
                                        realm,
                                        realm.getAuthenticationFlowById(step.getFlowId()),
                                        authenticator,
                                        required)
                                : Objects.equals(authenticator, step.getAuthenticator())
                                        && (!required || step.isRequired()));
    }
}
