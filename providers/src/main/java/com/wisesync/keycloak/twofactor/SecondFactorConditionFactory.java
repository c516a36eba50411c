package com.wisesync.keycloak.twofactor;

import java.util.List;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.provider.ProviderConfigProperty;

/** Creates the condition of the two subflows for second factors. At most one of them runs in a login. */
public final class SecondFactorConditionFactory extends StepFactory implements ConditionalAuthenticatorFactory {

    public static final String ID = "wise-sync-second-factor-needed";

    private static final ConditionalAuthenticator SINGLETON = new SecondFactorCondition();

    public SecondFactorConditionFactory() {
        super(
                ID,
                "Wise-Sync: second factor needed",
                null,
                List.of(new ProviderConfigProperty(
                        SecondFactorCondition.KIND,
                        "wiseSyncTwoFactor.kind.label",
                        "wiseSyncTwoFactor.kind.tooltip",
                        ProviderConfigProperty.LIST_TYPE,
                        SecondFactorCondition.CODE,
                        SecondFactorCondition.DEVICE,
                        SecondFactorCondition.CODE)));
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
