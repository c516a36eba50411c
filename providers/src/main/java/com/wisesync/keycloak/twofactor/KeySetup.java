package com.wisesync.keycloak.twofactor;

import com.webauthn4j.verifier.attestation.trustworthiness.certpath.CertPathTrustworthinessVerifier;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.WebAuthnRegister;
import org.keycloak.models.KeycloakSession;

/** Keycloak's page to set up a security key or passkey, which here then offers recovery codes to users who have none. */
final class KeySetup extends WebAuthnRegister {

    KeySetup(KeycloakSession session, CertPathTrustworthinessVerifier trustVerifier) {
        super(session, trustVerifier);
    }

    @Override
    public void processAction(RequiredActionContext context) {
        CredentialPage.process(context, () -> super.processAction(context));
        RecoveryCodesSetup.offerAfter(context);
    }
}
