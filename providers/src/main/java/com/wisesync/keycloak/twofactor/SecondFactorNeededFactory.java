package com.wisesync.keycloak.twofactor;

import java.util.List;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.provider.ProviderConfigProperty;

/** The condition of the two subflows, of which exactly one runs for who is asked for a second factor. */
public final class SecondFactorNeededFactory extends StepFactory implements ConditionalAuthenticatorFactory {

    public static final String ID = "wise-sync-second-factor-needed";

    private static final ConditionalAuthenticator SINGLETON = new SecondFactorNeeded();

    public SecondFactorNeededFactory() {
        super(
                ID,
                "Wise-Sync: second factor needed",
                null,
                List.of(new ProviderConfigProperty(
                        SecondFactorNeeded.KIND,
                        "wiseSyncTwoFactor.kind.label",
                        "wiseSyncTwoFactor.kind.tooltip",
                        ProviderConfigProperty.LIST_TYPE,
                        SecondFactorNeeded.CODE,
                        SecondFactorNeeded.DEVICE,
                        SecondFactorNeeded.CODE)));
    }

    @Override
    public ConditionalAuthenticator getSingleton() {
        return SINGLETON;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }
}
