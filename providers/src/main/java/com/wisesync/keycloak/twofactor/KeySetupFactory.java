package com.wisesync.keycloak.twofactor;

import com.webauthn4j.verifier.attestation.trustworthiness.certpath.CertPathTrustworthinessVerifier;
import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.requiredactions.WebAuthnRegister;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.KeycloakSession;

/** Replaces Keycloak's factory: same id and a higher order (ProviderManager, 26.7). */
public final class KeySetupFactory extends WebAuthnRegisterFactory implements Versioned {

    @Override
    protected WebAuthnRegister createProvider(KeycloakSession session, CertPathTrustworthinessVerifier trustVerifier) {
        return new KeySetup(session, trustVerifier);
    }

    @Override
    public int order() {
        return 1;
    }
}
