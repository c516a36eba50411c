package com.wisesync.keycloak.twofactor;

import com.webauthn4j.verifier.attestation.trustworthiness.certpath.CertPathTrustworthinessVerifier;
import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegister;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.authentication.requiredactions.WebAuthnRegister;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak's page to set up a passkey that also replaces the password, which here then offers recovery codes as {@link KeySetup}
 * does. Replaces Keycloak's factory: same id and a higher order (ProviderManager, 26.7).
 */
public final class PasskeySetupFactory extends WebAuthnPasswordlessRegisterFactory implements Versioned {

    @Override
    protected WebAuthnRegister createProvider(KeycloakSession session, CertPathTrustworthinessVerifier trustVerifier) {
        return new PasskeySetup(session, trustVerifier);
    }

    @Override
    public int order() {
        return 1;
    }

    private static final class PasskeySetup extends WebAuthnPasswordlessRegister {

        private PasskeySetup(KeycloakSession session, CertPathTrustworthinessVerifier trustVerifier) {
            super(session, trustVerifier);
        }

        @Override
        public void processAction(RequiredActionContext context) {
            CredentialPage.process(context, () -> super.processAction(context));
            RecoveryCodesSetup.offerAfter(context);
        }
    }
}
